import { type RunView, readRun } from "../../functions/index.ts";
import type { Scenario } from "./scenario.ts";
import type { Witness } from "./world/witness.ts";
import type { World } from "./world/world.ts";

/** What must hold after every schedule, whatever was disturbed. */
export type Invariant =
  | "every run ends"
  | "no action's work runs twice at once"
  | "nothing that succeeded runs again"
  | "no output is lost"
  | "no container outlives its run and the sweep after it"
  | "DynamoDB and the execution agree"
  | "only what costs an attempt changes the outcome";

/** An invariant that did not hold. */
export interface Violation {
  readonly invariant: Invariant;
  readonly what: string;
}

const RUN_STATUS: Readonly<Record<string, string>> = {
  SUCCEEDED: "succeeded",
  FAILED: "failed",
  TIMED_OUT: "timedOut",
  ABORTED: "cancelled",
};

/** Looks at what a schedule has left. */
export async function checkInvariants(world: World): Promise<readonly Violation[]> {
  const violations: Violation[] = [];
  const say = (invariant: Invariant, what: string) => violations.push({ invariant, what });
  const status = await world.executionStatus();
  const run = await readRun(world.runtime, world.runId);
  if (status === undefined || status === "RUNNING" || RUN_STATUS[status] === undefined) {
    say("every run ends", `the execution is ${status ?? "not there"}`);
  }
  checkWork(world.witness, world.scenario, say);
  checkOutputs(world.witness, run, say);
  for (const task of world.ecs.tasks) {
    if (task.lastStatus !== "STOPPED") {
      say("no container outlives its run and the sweep after it", `${task.attemptId} is ${task.lastStatus}`);
    }
  }
  if (run.status !== RUN_STATUS[status ?? ""]) {
    say("DynamoDB and the execution agree", `the run is ${run.status}, its execution ${status}`);
  }
  for (const action of run.actions) {
    if (["pending", "queued", "running", "waiting"].includes(action.status)) {
      say(
        "DynamoDB and the execution agree",
        `action ${action.key} is ${action.status} in a run that is ${run.status}`,
      );
    }
  }
  for (const item of await world.items()) {
    if (item["living"] !== undefined) {
      say("DynamoDB and the execution agree", `${String(item["pk"])} ${String(item["sk"])} is still to be looked at`);
    }
  }
  if (world.disturbance.excuses.length === 0 && run.status !== world.scenario.status) {
    say("only what costs an attempt changes the outcome", `the run is ${run.status}: ${run.error?.cause ?? ""}`);
  }
  return violations;
}

function checkWork(
  { work, successes }: Witness,
  { repeated }: Scenario,
  say: (invariant: Invariant, what: string) => void,
): void {
  for (const [index, one] of work.entries()) {
    for (const other of work.slice(0, index)) {
      if (other.action === one.action && (other.to === undefined || other.to > one.from)) {
        say("no action's work runs twice at once", `${other.attemptId} and ${one.attemptId}`);
      }
    }
    const succeededAt = successes.get(one.action);
    if (succeededAt !== undefined && one.from > succeededAt && !repeated.has(one.action)) {
      say("nothing that succeeded runs again", one.attemptId);
    }
  }
}

function checkOutputs({ outputs }: Witness, run: RunView, say: (invariant: Invariant, what: string) => void): void {
  for (const action of run.actions) {
    if (action.status !== "succeeded") continue;
    const accepted = outputs.get(`${run.runId}.${action.key}.${action.attempts}`) ?? {};
    for (const [name, value] of Object.entries(accepted)) {
      if (action.outputs[name] !== value) {
        say("no output is lost", `${action.key}.${name} is ${JSON.stringify(action.outputs[name])}, not "${value}"`);
      }
    }
  }
}
