import { ensureStarted } from "../attempts/start-attempt.ts";
import { publishActionStatus } from "../events/publish-event.ts";
import { type Judgement, judgeExpression } from "../inputs/judge-expression.ts";
import { resolveAttempt } from "../inputs/resolve-attempt.ts";
import { resolveImage } from "../inputs/resolve-image.ts";
import { type ActionRecord, writeActionRecord } from "../records/action.ts";
import { SKIPPED_BY_FAILURE } from "../runs/settle-actions.ts";
import { type ActionContext, newRecord, unchanged } from "./action-context.ts";
import { type Conclusion, concludeAction, failure } from "./conclude-action.ts";
import { beginWait } from "./wait.ts";

/**
 * Begins an action that this execution has not begun yet: skips it, fails it, or accepts its first attempt. Answers
 * its record, or `undefined` where another call was faster.
 */
export async function beginAction(context: ActionContext): Promise<ActionRecord | undefined> {
  const conclusion = await judgeCondition(context);
  if (conclusion) {
    return concludeAction(context, conclusion);
  }
  return context.action.kind === "wait" ? beginWait(context) : acceptAttempt(context);
}

/** Makes the next attempt of an action and starts it: its record first, then the attempt's, then the work. */
export async function acceptAttempt(context: ActionContext): Promise<ActionRecord | undefined> {
  const { runtime, run, action, payload, previous } = context;
  if (payload.token === undefined) {
    return concludeAction(context, failure(context, `its executor kind "${action.kind}" needs a task token`));
  }
  const resolved = await resolveAttempt(runtime, context, action);
  if (!resolved.ok) {
    return concludeAction(context, failure(context, resolved.message));
  }
  const image = await resolveImage(runtime, context, action);
  if (!image.ok) {
    return concludeAction(context, failure(context, image.message));
  }
  const started = newRecord(context);
  const record: ActionRecord = {
    ...started,
    attempt: started.attempt + 1,
    status: "queued",
    tokens: new Set([payload.token]),
  };
  if (!(await writeActionRecord(runtime, record, {}, unchanged(previous)))) {
    return undefined;
  }
  await publishActionStatus(runtime, run, record);
  await ensureStarted(context, record, payload.token);
  return record;
}

/** After a failure an action without `if` is skipped; one with `if` is judged. Source: reference/erda.md 1.7. */
async function judgeCondition(context: ActionContext): Promise<Conclusion | undefined> {
  const { runtime, action, isFailing } = context;
  if (action.condition === undefined) {
    return isFailing ? { status: "skipped", reason: SKIPPED_BY_FAILURE, skippedByFailure: true } : undefined;
  }
  const judged = await judgeExpression(runtime, context, action.condition, {});
  if (!judged.ok) {
    return failure(context, judged.message);
  }
  if (judged.value === true) {
    return undefined;
  }
  return { status: "skipped", reason: `its condition is ${shownCondition(judged)}` };
}

/** Longest text of a value that a reason shows. */
const SHOWN_CHARACTERS = 60;

function shownCondition({ value, isSecret }: Extract<Judgement, { ok: true }>): string {
  if (value === false) {
    return "false";
  }
  if (isSecret) {
    return "not true; its value is not shown, because it refers to a secret";
  }
  const text = JSON.stringify(value);
  return `${text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text}, which is not true`;
}
