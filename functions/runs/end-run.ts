import { type PlanIndex, referencesOfValue, renderValue } from "../../compiler/index.ts";
import { publishRunStatus } from "../events/publish-event.ts";
import { loadInputs } from "../inputs/load-inputs.ts";
import { maskSecrets } from "../inputs/mask-secrets.ts";
import { readPlanIndex } from "../plans/read-plan.ts";
import { readActionRecords } from "../records/action.ts";
import { all, atMost, oneOf } from "../records/condition.ts";
import { writeOutput } from "../records/output.ts";
import { changeRun, type RunRecord } from "../records/run.ts";
import { OPEN_RUN_STATUSES, type RunStatus } from "../records/statuses.ts";
import type { Runtime } from "../runtime.ts";
import { judgeStages, type MachineCourse } from "./judge-stages.ts";
import type { ObservedExecution } from "./observed-execution.ts";
import { type SettleReason, settleActions, UNREPORTED } from "./settle-actions.ts";

/** How the end of an execution ends the run, and what its open actions become. */
interface RunEnd {
  readonly status: RunStatus;
  readonly execution: MachineCourse;
  readonly reason: SettleReason;
}

/**
 * Completes the records of a run whose execution has ended: its actions first, its outputs, its own end last. Repeated
 * calls change nothing; a call after a crash completes it.
 */
export async function endRun(runtime: Runtime, run: RunRecord, observed: ObservedExecution): Promise<void> {
  const end = runEndOf(observed);
  if (end === undefined) {
    return;
  }
  const plan = await readPlanIndex(runtime, run.planHash);
  const records = await readActionRecords(runtime, run.runId);
  const judged = judgeStages(plan, records, Number.POSITIVE_INFINITY, end.execution);
  await settleActions(runtime, run, judged.actions, end.reason);
  await writeRunOutputs(runtime, run, plan);
  const endedAt = new Date(observed.endedAt ?? runtime.clock.now()).toISOString();
  const changed = await changeRun(
    runtime,
    run.runId,
    {
      set: { status: end.status, endedAt, error: observed.error, redrive: observed.redrive },
      setOnce: { startedAt: run.createdAt },
      remove: ["living", "checkAt"],
    },
    all(oneOf("status", OPEN_RUN_STATUSES), atMost("redrive", observed.redrive)),
  );
  if (changed) {
    await publishRunStatus(runtime, changed);
  }
}

/** Renders the outputs of the pipeline; what refers to an output that does not exist is left out. */
async function writeRunOutputs(runtime: Runtime, run: RunRecord, plan: PlanIndex): Promise<void> {
  if (plan.outputs.length === 0) {
    return;
  }
  const records = await readActionRecords(runtime, run.runId);
  const action = { key: "", namespaces: [], restores: [] };
  const references = plan.outputs.flatMap((output) => referencesOfValue(output.value));
  const { scope, secrets } = await loadInputs(runtime, { run, plan, records, action }, references, "missing");
  for (const output of plan.outputs) {
    const rendered = renderValue(output.value, scope);
    if (rendered.ok) {
      const value = maskSecrets(rendered.value, secrets);
      await writeOutput(runtime, { runId: run.runId, key: "", attempt: run.redrive }, output.name, value);
    }
  }
}

function runEndOf({ status, error }: ObservedExecution): RunEnd | undefined {
  switch (status) {
    case "SUCCEEDED":
      return { status: "succeeded", execution: "running", reason: UNREPORTED };
    case "FAILED":
      return {
        status: "failed",
        execution: "failed",
        reason: { ...UNREPORTED, message: `${UNREPORTED.message}${error ? `: ${error.name}` : ""}` },
      };
    case "TIMED_OUT":
      return { status: "timedOut", execution: "stopped", reason: stopped("the run timed out") };
    case "ABORTED":
      return { status: "cancelled", execution: "stopped", reason: stopped("the run was cancelled") };
    case "RUNNING":
    case "PENDING_REDRIVE":
      return undefined;
  }
}

function stopped(message: string): SettleReason {
  return { status: "cancelled", message, unreached: message };
}
