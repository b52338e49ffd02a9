import { pipelineKeyOf } from "../../../compiler/index.ts";
import { readSchedule, startSchedule, stopSchedule } from "../../schedules/schedule-view.ts";
import type { ApiAnswer } from "../answer.ts";
import { type ApiRequest, pathParameter, readBody } from "../request.ts";
import type { RunsApiRuntime } from "../runtime.ts";
import { scheduleSwitch } from "../schemas.ts";

/** `GET /pipelines/{pipeline}/schedule`: its `cron`, whether it is on, and what became of the latest times. */
export async function readPipelineSchedule(runtime: RunsApiRuntime, request: ApiRequest): Promise<ApiAnswer> {
  return { status: 200, body: await readSchedule(runtime, pipelineOf(request)) };
}

/** `PUT /pipelines/{pipeline}/schedule`: starts it or stops it; again changes nothing. */
export async function switchPipelineSchedule(runtime: RunsApiRuntime, request: ApiRequest): Promise<ApiAnswer> {
  const { enabled } = readBody(request, scheduleSwitch);
  const change = enabled ? startSchedule : stopSchedule;
  return { status: 200, body: await change(runtime, pipelineOf(request)) };
}

function pipelineOf(request: ApiRequest): string {
  return pipelineKeyOf(pathParameter(request, "pipeline"));
}
