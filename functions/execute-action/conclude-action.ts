import { SLUICE_ERRORS } from "../../compiler/index.ts";
import { type ActionEnd, answerFor } from "../attempts/action-end.ts";
import { answerTask } from "../attempts/answer-task.ts";
import { ANSWER_SECONDS } from "../attempts/limits.ts";
import { publishActionStatus } from "../events/publish-event.ts";
import { type ActionRecord, LIVING_ANSWER, writeActionRecord } from "../records/action.ts";
import { type ActionContext, newRecord, unchanged } from "./action-context.ts";

/** The end of an action that nothing was started for. */
export type Conclusion = ActionEnd & Pick<ActionRecord, "reason" | "skippedByFailure">;

/**
 * Records the end of an action that is skipped or cannot begin, then answers its Task. Answers the record, or
 * `undefined` where another call was faster.
 */
export async function concludeAction(context: ActionContext, end: Conclusion): Promise<ActionRecord | undefined> {
  const { runtime, run, action, payload, previous } = context;
  const now = runtime.clock.now();
  const started = newRecord(context);
  const endedAt = new Date(now).toISOString();
  const record: ActionRecord = {
    ...started,
    ...end,
    endedAt,
    answer: answerFor(runtime, action, started, end, { endedAt }),
    answered: payload.token === undefined,
    ...(payload.token !== undefined && { tokens: new Set([payload.token]) }),
  };
  const index = payload.token === undefined ? {} : { living: LIVING_ANSWER, checkAt: now + ANSWER_SECONDS * 1000 };
  if (!(await writeActionRecord(runtime, record, index, unchanged(previous)))) {
    return undefined;
  }
  await publishActionStatus(runtime, run, record);
  await answerTask(runtime, record);
  return record;
}

/** A failure before anything was started. */
export function failure({ action }: Pick<ActionContext, "action">, message: string): Conclusion {
  const text = `action "${action.alias}" failed: ${message}`;
  return { status: "failed", error: { name: SLUICE_ERRORS.actionFailed, message: text.replaceAll("\n", " ") } };
}
