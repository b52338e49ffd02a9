import { readRun } from "../../runs/read-run.ts";
import type { ApiAnswer } from "../answer.ts";
import { type ApiRequest, pathParameter } from "../request.ts";
import type { RunsApiRuntime } from "../runtime.ts";

/**
 * Bytes of outputs that one answer shows. A function answers 6 MB at most, and a text may grow fourfold: quotes are
 * escaped in the body, and again in the function's answer.
 */
const MOST_OUTPUT_BYTES = 1024 * 1024;

/** `GET /runs/{runId}`. */
export async function read(runtime: RunsApiRuntime, request: ApiRequest): Promise<ApiAnswer> {
  const body = await readRun(runtime, pathParameter(request, "runId"), { mostOutputBytes: MOST_OUTPUT_BYTES });
  return { status: 200, body };
}
