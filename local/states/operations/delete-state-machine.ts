import { readInput } from "../../wire/input.ts";
import { isStateMachineArn } from "../arn.ts";
import type { StateMachine, Store } from "../engine/store.ts";
import { findStateMachine, type Operation } from "./service-context.ts";

/** A machine that is not there is no error. One with running executions goes when the last of them has ended. */
export const deleteStateMachine: Operation = (context, input) => {
  const reader = readInput(input);
  const arn = reader.string("stateMachineArn");
  reader.done();
  if (isStateMachineArn(arn) && !context.store.machines.has(arn)) return {};
  const stateMachine = findStateMachine(context, arn);
  stateMachine.isDeleting = true;
  removeIfIdle(context.store, stateMachine);
  return {};
};

/** Called again whenever an execution of a machine that is being deleted has ended. */
export function removeIfIdle(store: Store, stateMachine: StateMachine): void {
  if (!stateMachine.isDeleting) return;
  for (const execution of stateMachine.executions.values()) if (execution.status === "RUNNING") return;
  store.machines.delete(stateMachine.arn);
}
