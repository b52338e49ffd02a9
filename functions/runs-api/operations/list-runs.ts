import * as z from "zod";
import { pipelineKeyOf } from "../../../compiler/index.ts";
import { RUN_STATUSES } from "../../records/statuses.ts";
import { listRuns } from "../../runs/list-runs.ts";
import type { ApiAnswer } from "../answer.ts";
import { limitParameter } from "../limit-parameter.ts";
import { readToken, writeToken } from "../page-token.ts";
import { type ApiRequest, readQuery } from "../request.ts";
import type { RunsApiRuntime } from "../runtime.ts";
import type { runList } from "../schemas.ts";

/** The query of `GET /runs`. */
export const listRunsQuery = z.strictObject({
  pipeline: z.string().min(1).exactOptional(),
  status: z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(RUN_STATUSES)))
    .exactOptional(),
  limit: limitParameter({ fallback: 20, most: 100 }),
  after: z.string().exactOptional(),
});

const place = z.strictObject({ createdAt: z.string(), runId: z.string() });

/** `GET /runs`. */
export async function list(runtime: RunsApiRuntime, request: ApiRequest): Promise<ApiAnswer> {
  const { pipeline, status, limit, after } = readQuery(request, listRunsQuery);
  const { runs, next } = await listRuns(runtime, {
    limit,
    ...(pipeline !== undefined && { pipeline: pipelineKeyOf(pipeline) }),
    ...(status !== undefined && { statuses: new Set(status) }),
    ...(after !== undefined && { after: readToken(after, place) }),
  });
  const body: ReturnType<(typeof runList)["parse"]> = {
    runs: runs.map(({ trigger, ...run }) => ({
      ...run,
      ...(trigger !== undefined && { trigger: JSON.parse(trigger) }),
    })),
    ...(next && { next: writeToken({ createdAt: next.createdAt, runId: next.runId }) }),
  };
  return { status: 200, body };
}
