import { EXECUTOR_KINDS } from "../../actions/index.ts";
import type { FailureAnalysis } from "../../agent/protocol.ts";
import { type PlanAction, SLUICE_ERRORS } from "../../compiler/index.ts";
import type { SluiceErrorName } from "../errors/sluice-error.ts";
import type { ActionRecord, TaskAnswer } from "../records/action.ts";
import type { AttemptEnd, AttemptRecord } from "../records/attempt.ts";
import type { ActionStatus } from "../records/statuses.ts";
import type { Runtime } from "../runtime.ts";

/** What became of an action, by one attempt of it or without any. */
export interface ActionEnd {
  readonly status: Extract<ActionStatus, "succeeded" | "failed" | "timedOut" | "cancelled" | "skipped">;
  readonly exitCode?: number | undefined;
  readonly error?: {
    readonly name: SluiceErrorName;
    readonly message: string;
    readonly analysis?: FailureAnalysis | undefined;
  };
}

/**
 * What the end of an attempt means, before any loop or retry is thought of. `isStopped`: the run or the attempt is
 * being cancelled; an agent that was asked to end without that was interrupted from outside, which is a failure.
 */
export function judgeEnd(action: PlanAction, attempt: AttemptRecord, end: AttemptEnd, isStopped: boolean): ActionEnd {
  const subject = `action "${action.alias}"`;
  const { exitCode } = end;
  const failed = (what: string): ActionEnd => ({
    status: "failed",
    exitCode,
    error: {
      name: SLUICE_ERRORS.actionFailed,
      message: oneLine(`${subject} ${what}`),
      ...(end.analysis && { analysis: end.analysis }),
    },
  });
  const cancelled = (why: string): ActionEnd => ({
    status: "cancelled",
    exitCode,
    error: { name: SLUICE_ERRORS.actionCancelled, message: oneLine(`${subject} was cancelled: ${why}`) },
  });
  switch (end.kind) {
    case "exited":
      if (exitCode === 0 && end.signal === undefined) {
        return { status: "succeeded", exitCode };
      }
      return end.signal === undefined
        ? failed(`failed with exit code ${exitCode ?? "unknown"}`)
        : failed(`was killed by signal ${end.signal} (exit code ${exitCode ?? "unknown"})${whyKilled(action, end)}`);
    case "timedOut": {
      // The agent knows what was left for this attempt, the author what the whole action was given.
      const over = attempt.n > 1 ? `, ${attempt.n} attempts together` : "";
      const message = `${subject} timed out: It ran longer than its timeout of ${action.timeoutSeconds} s${over}.`;
      return { status: "timedOut", exitCode, error: { name: SLUICE_ERRORS.actionTimedOut, message: oneLine(message) } };
    }
    case "cancelled":
      return isStopped
        ? cancelled(attempt.cancelReason ?? end.message ?? "it was asked to end")
        : failed(`was interrupted: ${attempt.interruption ?? INTERRUPTED}`);
    case "failedToPrepare":
      return failed(`could not be prepared: ${end.message ?? "no reason was given"}`);
    case "failedToStore":
      return failed(`failed after its scripts: ${end.message ?? "no reason was given"}`);
    case "lost":
      return attempt.cancelReason === undefined
        ? failed(`was lost: ${end.message ?? "its agent did not report"}`)
        : cancelled(attempt.cancelReason);
  }
}

/** What is known of a SIGTERM that nobody here has sent. */
const INTERRUPTED =
  'it was asked to end from outside: its host was taken away (a Spot interruption, for example), or somebody stopped it; let it "retry" where that may happen';

/** A container is killed that needs more memory than it has; nothing else says so where the agent reports the end. */
function whyKilled({ kind, resources }: PlanAction, { message, signal }: AttemptEnd): string {
  if (message !== undefined) {
    return `: ${message}`;
  }
  if (signal !== "SIGKILL" || !EXECUTOR_KINDS.get(kind)?.usesImage) {
    return "";
  }
  const had = resources.memoryMb === undefined ? "what its executor gives by default" : `${resources.memoryMb} MB`;
  return `, as a container is that needs more memory than it has; it asked for ${had}: raise "resources: {mem: …}"`;
}

/** What the Task is answered for the end of an action. `onFailure: report` sends a failure as a result. */
export function answerFor(
  runtime: Runtime,
  action: Pick<PlanAction, "onFailure">,
  record: Pick<ActionRecord, "runId" | "key" | "attempt" | "queuedAt" | "startedAt">,
  end: ActionEnd,
  times: { readonly endedAt: string; readonly log?: AttemptRecord["log"] },
): TaskAnswer {
  const log =
    record.attempt === 0
      ? undefined
      : runtime.logPlace({
          runId: record.runId,
          actionKey: record.key,
          attempt: record.attempt,
          log: times.log,
        });
  const cause = end.error && (log === undefined ? end.error.message : `${end.error.message}; log: ${log}`);
  if (end.error && action.onFailure === "raise") {
    return { kind: "failure", error: end.error.name, cause: cause ?? "" };
  }
  const output = {
    status: end.status,
    ...(end.exitCode !== undefined && { exitCode: end.exitCode }),
    durationMs: Math.max(0, Date.parse(times.endedAt) - Date.parse(record.startedAt ?? record.queuedAt)),
    ...(log !== undefined && { log }),
    ...(end.error && { error: end.error.name, cause }),
  };
  return { kind: "success", output: JSON.stringify(output) };
}

/** Causes and log tails are read in consoles that show one line. */
function oneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]+\s*/g, " ").trim();
}
