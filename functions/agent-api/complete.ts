import { endAttempt } from "../attempts/end-attempt.ts";
import { readPlanAction } from "../plans/read-plan.ts";
import type { AttemptEnd, AttemptRecord } from "../records/attempt.ts";
import { readRunRecord } from "../records/run.ts";
import type { Runtime } from "../runtime.ts";
import { checkOutputs } from "./check-outputs.ts";
import type { CompleteBody } from "./contract.ts";
import { HttpProblem } from "./http-problem.ts";

/** Limits of the log tail. Source: `agent/protocol.ts`. */
const LOG_TAIL_LINES = 20;
const LOG_TAIL_CHARACTERS = 8192;

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
    startedAt: body.startedAt ?? attempt.startedAt,
    endedAt: body.endedAt,
    directories: Object.fromEntries(body.directories.map(({ key, objectKey, bytes }) => [key, { objectKey, bytes }])),
  };
  await endAttempt(runtime, attempt, { end, outputs: kept });
}

function tailOf(lines: readonly string[]): string[] {
  const tail: string[] = [];
  let characters = 0;
  for (const line of lines.slice(-LOG_TAIL_LINES).toReversed()) {
    characters += line.length;
    if (characters > LOG_TAIL_CHARACTERS) {
      break;
    }
    tail.unshift(line);
  }
  return tail;
}
