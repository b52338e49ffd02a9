import type { OutputsRequest } from "../../agent/protocol.ts";
import { UNSEEN_SECONDS } from "../attempts/limits.ts";
import { type AttemptRecord, changeAttempt } from "../records/attempt.ts";
import { absent } from "../records/condition.ts";
import { writeOutputs } from "../records/output.ts";
import type { Runtime } from "../runtime.ts";
import { refuseEnded } from "./authenticate.ts";
import { checkOutputs, type ReceivedOutput } from "./check-outputs.ts";
import { HttpProblem } from "./http-problem.ts";

/** Keeps outputs of an attempt that still runs, so that they are there whatever becomes of it. */
export async function putOutputs(
  runtime: Runtime,
  attempt: AttemptRecord,
  { entries }: OutputsRequest & { readonly entries: readonly ReceivedOutput[] },
): Promise<void> {
  refuseEnded(attempt);
  const { kept, problem } = checkOutputs(entries, attempt.outputNames ?? new Set());
  const outputNames = await writeOutputs(runtime, { runId: attempt.runId, key: attempt.key, attempt: attempt.n }, kept);
  const now = runtime.clock.now();
  await changeAttempt(
    runtime,
    attempt,
    {
      set: { lastSeen: now, checkAt: now + UNSEEN_SECONDS * 1000 },
      ...(outputNames.size > 0 && { add: { outputNames } }),
    },
    absent("end"),
  );
  if (problem !== undefined) {
    throw new HttpProblem(400, problem);
  }
}
