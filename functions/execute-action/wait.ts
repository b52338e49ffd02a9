import { LONGEST_WAIT_STATE_SECONDS, referencesOfValue, renderValue } from "../../compiler/index.ts";
import { publishActionStatus } from "../events/publish-event.ts";
import { loadInputs } from "../inputs/load-inputs.ts";
import { maskSecrets } from "../inputs/mask-secrets.ts";
import { type ActionRecord, writeActionRecord } from "../records/action.ts";
import { type ActionContext, newRecord, unchanged } from "./action-context.ts";
import { concludeAction, failure } from "./conclude-action.ts";

/**
 * The gate before a Wait state: records that the wait runs, for so many seconds. Its end is derived by the functions
 * that come after it, because a Wait state calls nobody.
 */
export async function beginWait(context: ActionContext): Promise<ActionRecord | undefined> {
  const { runtime, run, previous } = context;
  const seconds = await waitSeconds(context);
  if (typeof seconds === "string") {
    return concludeAction(context, failure(context, seconds));
  }
  const record: ActionRecord = {
    ...newRecord(context),
    status: "running",
    startedAt: new Date(runtime.clock.now()).toISOString(),
    waitSeconds: seconds,
  };
  if (!(await writeActionRecord(runtime, record, {}, unchanged(previous)))) {
    return undefined;
  }
  await publishActionStatus(runtime, run, record);
  return record;
}

/** The seconds, or what is wrong with them. */
async function waitSeconds(context: ActionContext): Promise<number | string> {
  const { runtime, action, plan } = context;
  if (action.wait === undefined) {
    return "its plan has no seconds to wait";
  }
  const inputs = await loadInputs(runtime, context, referencesOfValue(action.wait), "missing");
  const rendered = renderValue(action.wait, inputs.scope);
  if (!rendered.ok) {
    return `${plan.file}:${rendered.place.line}:${rendered.place.column}: ${rendered.message}`;
  }
  const { value } = rendered;
  const seconds = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof seconds === "number" && seconds >= 0 && seconds <= LONGEST_WAIT_STATE_SECONDS
    ? Math.ceil(seconds)
    : `${JSON.stringify(maskSecrets(value, inputs.secrets))} is no number of seconds from 0 to ${LONGEST_WAIT_STATE_SECONDS}`;
}
