import type { ActionExecutor } from "../../actions/index.ts";
import type { PlanActionSummary } from "../../compiler/index.ts";
import { executorParameterName } from "../contract.ts";
import { readPlanIndex } from "../plans/read-plan.ts";
import { type ActionRecord, readActionRecord } from "../records/action.ts";
import { type AttemptRecord, readAttempt } from "../records/attempt.ts";
import { type RunRecord, readRunRecord } from "../records/run.ts";
import { RunNotFoundError } from "../runs/read-run.ts";
import type { Runtime } from "../runtime.ts";
import { ApiProblem } from "./problem.ts";
import { type ApiRequest, pathParameter } from "./request.ts";

/** An action that a path names. */
export interface FoundAction {
  readonly run: RunRecord;
  readonly summary: PlanActionSummary;
  /** Absent where it has not begun. */
  readonly record: ActionRecord | undefined;
}

/** Finds the action that a path names by its alias or its key. Throws where there is no such run or action. */
export async function findAction(runtime: Runtime, request: ApiRequest): Promise<FoundAction> {
  const runId = pathParameter(request, "runId");
  const run = await readRunRecord(runtime, runId);
  if (run === undefined) {
    throw new RunNotFoundError(`There is no run "${runId}".`);
  }
  const { order } = await readPlanIndex(runtime, run.planHash);
  // REST APIs hand path parameters over as they were sent, HTTP APIs decode them.
  const given = pathParameter(request, "action");
  const names = [given, decoded(given)];
  const summary = order.find(({ alias }) => names.includes(alias)) ?? order.find(({ key }) => names.includes(key));
  if (summary === undefined) {
    const known = order.map(({ alias }) => `"${alias}"`).join(", ");
    throw new ApiProblem("not-found", `Run "${runId}" has no action "${given}"; it has ${known}.`);
  }
  return { run, summary, record: await readActionRecord(runtime, runId, summary.key) };
}

/** The latest attempt of an action. Throws where none was made. */
export async function findAttempt(runtime: Runtime, { run, summary, record }: FoundAction): Promise<AttemptRecord> {
  const n = record?.attempt ?? 0;
  const attempt = n === 0 ? undefined : await readAttempt(runtime, { runId: run.runId, key: summary.key, n });
  if (attempt === undefined) {
    const status = record?.status ?? "pending";
    throw new ApiProblem("conflict", `Action "${summary.alias}" has no attempt to look at: it is "${status}".`);
  }
  return attempt;
}

/** The executor of an attempt. Throws where the installation no longer has it. */
export async function findExecutor(runtime: Runtime, attempt: AttemptRecord): Promise<ActionExecutor> {
  const executor = await runtime.executors.get(attempt.executor);
  if (executor === undefined) {
    const parameter = executorParameterName(runtime.environment.configPrefix, attempt.executor);
    const detail = `The attempt runs on executor "${attempt.executor}", which is not configured here. Declare it in the parameter "${parameter}".`;
    throw new ApiProblem("conflict", detail);
  }
  return executor;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
