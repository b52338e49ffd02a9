import { readInput } from "../../wire/input.ts";
import { ServiceError } from "../../wire/service.ts";
import { isValidName, stateMachineArn } from "../arn.ts";
import type { StateMachine } from "../engine/store.ts";
import { randomUuid } from "../randomness.ts";
import { compile, type Operation } from "./service-context.ts";

/** Idempotent: the same name, definition and role again answer the machine that is there. */
export const createStateMachine: Operation = (context, input) => {
  const reader = readInput(input);
  const name = reader.string("name");
  const definition = reader.string("definition");
  const roleArn = reader.string("roleArn");
  const type = reader.optionalString("type") ?? "STANDARD";
  reader.ignore("loggingConfiguration", "tracingConfiguration", "tags");
  reader.done();
  if (!isValidName(name)) throw new ServiceError("InvalidName", `Invalid Name: '${name}'`);
  if (type !== "STANDARD") {
    throw new ServiceError("StateMachineTypeNotSupported", `The type '${type}' is not supported here, only STANDARD.`);
  }
  const machine = compile(context, definition);
  const arn = stateMachineArn(context.account, name);
  const existing = context.store.machines.get(arn);
  if (existing !== undefined) return answerExisting(existing, definition, roleArn);

  const date = context.clock.now();
  const current = { id: randomUuid(context.random), definition, roleArn, date, machine };
  context.store.revisions.set(current.id, current);
  context.store.machines.set(arn, { arn, name, creationDate: date, current, executions: new Map(), isDeleting: false });
  return { stateMachineArn: arn, creationDate: new Date(date) };
};

function answerExisting(existing: StateMachine, definition: string, roleArn: string): object {
  const { arn, creationDate, current, isDeleting } = existing;
  if (isDeleting) throw new ServiceError("StateMachineDeleting", `State Machine is being deleted: '${arn}'`);
  if (current.definition === definition && current.roleArn === roleArn) {
    return { stateMachineArn: arn, creationDate: new Date(creationDate) };
  }
  throw new ServiceError("StateMachineAlreadyExists", `State Machine Already Exists: '${arn}'`);
}
