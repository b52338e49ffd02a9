import { DeleteStateMachineCommand, ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { hasName } from "../errors/has-name.ts";
import { MACHINE_IDLE_DAYS } from "../machines/contract.ts";
import {
  forgetMachine,
  type MachineRecord,
  markDeleting,
  postponeMachine,
  queryIdleMachines,
  readMachineRecord,
} from "../records/machine.ts";
import type { Runtime } from "../runtime.ts";

const DAY_MS = 86_400_000;

/**
 * Machines that one call looks at: 80, one after the other, stay below what the smaller regions allow of ListExecutions
 * and DeleteStateMachine (100 at once, then 2 and 1 a second). Source: reference/aws.md 3.1.
 */
const MOST_MACHINES = 80;

/** What one call has done; what failed is due again at the next. */
export interface Collected {
  /** Names of the machines that are gone. */
  readonly deleted: readonly string[];
  readonly failed: number;
}

/** Deletes the machines of submitted pipelines that nobody has used for long and on which nothing runs. */
export async function collectMachines(runtime: Runtime): Promise<Collected> {
  const deleted: string[] = [];
  let failed = 0;
  for (const name of await queryIdleMachines(runtime, runtime.clock.now(), MOST_MACHINES)) {
    try {
      if (await collectMachine(runtime, name)) {
        deleted.push(name);
      }
    } catch (error) {
      failed++;
      runtime.log({ level: "error", function: "collect-machines", machine: name, error: String(error) });
    }
  }
  return { deleted, failed };
}

/**
 * The record is marked first, on the condition that nobody has used the machine since it was read: from then on a
 * submission starts nothing on it. Deletion goes on for a moment after the call has been answered; whoever wants the
 * machine again meanwhile is told so by Step Functions.
 */
async function collectMachine(runtime: Runtime, name: string): Promise<boolean> {
  const machine = await readMachineRecord(runtime, name);
  if (machine === undefined) {
    return false;
  }
  const now = runtime.clock.now();
  if (await isRunning(runtime, machine)) {
    // What has ended may be redriven for 14 days: its time begins anew.
    await postponeMachine(runtime, machine, now + MACHINE_IDLE_DAYS * DAY_MS);
    return false;
  }
  if (!(await markDeleting(runtime, machine, now))) {
    return false;
  }
  // Answers without an error where there is no such machine.
  await runtime.clients.states.send(new DeleteStateMachineCommand({ stateMachineArn: machine.stateMachineArn }));
  return forgetMachine(runtime, name, now);
}

async function isRunning(runtime: Runtime, { stateMachineArn }: MachineRecord): Promise<boolean> {
  try {
    const { executions = [] } = await runtime.clients.states.send(
      new ListExecutionsCommand({ stateMachineArn, statusFilter: "RUNNING", maxResults: 1 }),
    );
    return executions.length > 0;
  } catch (error) {
    if (hasName(error, "StateMachineDoesNotExist")) {
      return false;
    }
    throw error;
  }
}
