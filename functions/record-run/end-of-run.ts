import { SLUICE_ERRORS } from "../../compiler/index.ts";
import { sendAnswer } from "../attempts/answer-task.ts";
import { readPlanIndex } from "../plans/read-plan.ts";
import { type ActionRecord, readActionRecords } from "../records/action.ts";
import { hasFailed, judgeStages } from "../runs/judge-stages.ts";
import { loadRun } from "../runs/load-run.ts";
import { settleActions, UNREPORTED } from "../runs/settle-actions.ts";
import type { Runtime } from "../runtime.ts";
import type { EndOfRunInput } from "./contract.ts";

/**
 * The last Task of a machine in which failures are caught: fails the execution if an action has failed, with a cause
 * that names each. The answer follows from the records, so it is the same however often it is given.
 */
export async function endOfRun(runtime: Runtime, payload: EndOfRunInput): Promise<void> {
  const run = await loadRun(runtime, payload);
  if (payload.redrive < run.redrive) {
    return;
  }
  const plan = await readPlanIndex(runtime, run.planHash);
  const records = await readActionRecords(runtime, run.runId);
  const judged = judgeStages(plan, records, Number.POSITIVE_INFINITY);
  const isSettled = await settleActions(runtime, run, judged.actions, UNREPORTED);
  const settled = isSettled ? await readActionRecords(runtime, run.runId) : records;
  const failed = plan.order.flatMap(({ key }) => settled.get(key) ?? []).filter(hasFailed);
  await sendAnswer(
    runtime,
    payload.token,
    failed.length === 0
      ? { kind: "success", output: JSON.stringify({ status: "succeeded" }) }
      : { kind: "failure", error: SLUICE_ERRORS.runFailed, cause: causeOf(failed) },
  );
}

function causeOf(failed: readonly ActionRecord[]): string {
  const causes = failed.map(actionCause);
  return failed.length === 1 ? causes.join("") : `${failed.length} actions failed: ${causes.join("; ")}`;
}

/** The line that the Task was answered, also where the failure was sent as a result. */
function actionCause({ answer, alias, error }: ActionRecord): string {
  if (answer?.kind === "failure") {
    return answer.cause;
  }
  const output: unknown = answer === undefined ? undefined : JSON.parse(answer.output);
  const hasCause = typeof output === "object" && output !== null && "cause" in output;
  return hasCause && typeof output.cause === "string" ? output.cause : (error?.message ?? `action "${alias}" failed`);
}
