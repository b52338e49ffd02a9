import type { ApiAnswer } from "./answer.ts";
import type { RunsApiOperation } from "./contract.ts";
import { openApiDocument } from "./openapi.ts";
import { cancel } from "./operations/cancel-run.ts";
import { inspect } from "./operations/inspect-action.ts";
import { listPipelines } from "./operations/list-pipelines.ts";
import { list } from "./operations/list-runs.ts";
import { readPipelineSchedule, switchPipelineSchedule } from "./operations/pipeline-schedule.ts";
import { readLog } from "./operations/read-log.ts";
import { read } from "./operations/read-run.ts";
import { submit } from "./operations/submit-run.ts";
import { update } from "./operations/update-action.ts";
import { type ApiRequest, refuseQuery } from "./request.ts";
import type { RunsApiRuntime } from "./runtime.ts";

const OPERATIONS: {
  readonly [operation in RunsApiOperation]: (runtime: RunsApiRuntime, request: ApiRequest) => Promise<ApiAnswer>;
} = {
  submitRun: submit,
  listRuns: list,
  readRun: read,
  cancelRun: cancel,
  readLog,
  inspectAction: inspect,
  updateAction: update,
  listPipelines,
  readSchedule: readPipelineSchedule,
  switchSchedule: switchPipelineSchedule,
  readOpenApi: async () => ({ status: 200, body: openApiDocument() }),
};

/** Operations that read the query themselves. */
const WITH_QUERY: ReadonlySet<RunsApiOperation> = new Set(["listRuns", "readLog", "listPipelines"]);

/** Answers one request. Throws `ApiProblem` for what it refuses. */
export async function answerRequest(runtime: RunsApiRuntime, request: ApiRequest): Promise<ApiAnswer> {
  if (!WITH_QUERY.has(request.operation)) {
    refuseQuery(request);
  }
  return OPERATIONS[request.operation](runtime, request);
}
