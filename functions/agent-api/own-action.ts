import type { PlanAction } from "../../compiler/index.ts";
import { readPlanAction } from "../plans/read-plan.ts";
import type { AttemptRecord } from "../records/attempt.ts";
import { readRunRecord } from "../records/run.ts";
import type { Runtime } from "../runtime.ts";
import { refuseEnded } from "./authenticate.ts";
import { HttpProblem } from "./http-problem.ts";

/** What an attempt that has not ended works on: its pipeline and its action, from nothing that the caller says. */
export async function ownAction(
  runtime: Runtime,
  attempt: AttemptRecord,
): Promise<{ readonly pipeline: string; readonly action: PlanAction }> {
  refuseEnded(attempt);
  const run = await readRunRecord(runtime, attempt.runId);
  if (run === undefined) {
    throw new HttpProblem(409, "The attempt has ended.");
  }
  return { pipeline: run.pipeline, action: await readPlanAction(runtime, run.planHash, attempt.key) };
}

/** Refuses a directory that the action does not store. */
export function refuseStranger(action: PlanAction, directory: string): void {
  if (!action.namespaces.some((own) => own.key === directory && own.stored)) {
    throw new HttpProblem(400, `"${directory}" is no directory that this action stores.`);
  }
}
