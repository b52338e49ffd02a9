import { ANALYSIS_LIMITS, type FailureAnalysis, LOG_TAIL_LIMITS } from "../../agent/protocol.ts";
import { endAttempt } from "../attempts/end-attempt.ts";
import { readPlanAction } from "../plans/read-plan.ts";
import type { AttemptEnd, AttemptRecord } from "../records/attempt.ts";
import { readRunRecord } from "../records/run.ts";
import type { Runtime } from "../runtime.ts";
import { checkOutputs } from "./check-outputs.ts";
import { type CompleteBody, fileObjectKey } from "./contract.ts";
import { HttpProblem } from "./http-problem.ts";

const SHA256_DIGITS = 64;

/**
 * The agent's report of the end. Repeated, or too late, it changes nothing but completes what an earlier call left
 * undone. Outputs over the limits fail an action that succeeded: a value that silently is not there would be worse.
 */
export async function complete(runtime: Runtime, attempt: AttemptRecord, body: CompleteBody): Promise<void> {
  const run = await readRunRecord(runtime, attempt.runId);
  const action = run && (await readPlanAction(runtime, run.planHash, attempt.key));
  const stranger = body.directories.find(({ key }) => !action?.namespaces.some((own) => own.key === key));
  if (stranger) {
    throw new HttpProblem(400, `"${stranger.key}" is no directory of this action.`);
  }
  // Objects that another attempt has stored are none of this one's, also where it knows their keys.
  const unstored = body.directories.find(({ objectKey }) => !attempt.directoryKeys?.has(objectKey));
  if (unstored) {
    throw new HttpProblem(400, `"${unstored.objectKey}" is no directory that this attempt has stored.`);
  }
  const isOwn = (objectKey: string) =>
    run && objectKey === fileObjectKey(run.pipeline, objectKey.slice(-SHA256_DIGITS));
  const foreign = body.files?.find(({ objectKey }) => !isOwn(objectKey));
  if (foreign) {
    throw new HttpProblem(400, `"${foreign.objectKey}" is no file of this pipeline.`);
  }
  const { kept, problem } = checkOutputs(body.outputs, attempt.outputNames ?? new Set());
  const succeeded = body.end === "exited" && body.exitCode === 0 && body.signal === undefined;
  const failure = succeeded && problem !== undefined ? { kind: "failedToStore" as const, message: problem } : undefined;
  const end: AttemptEnd = {
    kind: body.end,
    exitCode: body.exitCode,
    signal: body.signal,
    message: body.message,
    ...failure,
    logTail: tailOf(body.logTail),
    ...(!succeeded && body.analysis && { analysis: boundAnalysis(body.analysis) }),
    ...(body.files && { files: body.files }),
    startedAt: body.startedAt ?? attempt.startedAt,
    endedAt: body.endedAt,
    directories: Object.fromEntries(body.directories.map(({ key, objectKey, bytes }) => [key, { objectKey, bytes }])),
  };
  await endAttempt(runtime, attempt, { end, outputs: kept });
}

/** An agent keeps to the limits by itself; a record must not grow by one that does not. */
function tailOf(lines: readonly string[]): string[] {
  const tail: string[] = [];
  let bytes = 0;
  for (const line of lines.slice(-LOG_TAIL_LIMITS.lines).toReversed()) {
    bytes += Buffer.byteLength(line);
    if (bytes > LOG_TAIL_LIMITS.bytes) {
      break;
    }
    tail.unshift(line);
  }
  return tail;
}

/** As `tailOf`. */
function boundAnalysis({ kind, summary, lines }: FailureAnalysis): AttemptEnd["analysis"] {
  return {
    kind,
    summary: summary.slice(0, ANALYSIS_LIMITS.summaryCharacters),
    lines: lines.slice(0, ANALYSIS_LIMITS.lines).map((line) => line.slice(0, ANALYSIS_LIMITS.lineCharacters)),
  };
}
