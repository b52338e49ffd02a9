import { readInput } from "../../wire/input.ts";
import { ServiceError } from "../../wire/service.ts";
import { randomUuid } from "../randomness.ts";
import { compile, findStateMachine, type Operation } from "./service-context.ts";

/** What runs already goes on with the definition that it was started with. */
export const updateStateMachine: Operation = (context, input) => {
  const reader = readInput(input);
  const stateMachine = findStateMachine(context, reader.string("stateMachineArn"));
  const definition = reader.optionalString("definition");
  const roleArn = reader.optionalString("roleArn");
  reader.ignore("loggingConfiguration", "tracingConfiguration");
  reader.done();
  if (definition === undefined && roleArn === undefined) {
    throw new ServiceError("MissingRequiredParameter", "Either the definition, the role ARN or both must be specified");
  }
  const { current } = stateMachine;
  const revision = {
    id: randomUuid(context.random),
    definition: definition ?? current.definition,
    roleArn: roleArn ?? current.roleArn,
    date: context.clock.now(),
    machine: definition === undefined ? current.machine : compile(context, definition),
  };
  context.store.revisions.set(revision.id, revision);
  stateMachine.current = revision;
  return { updateDate: new Date(revision.date), revisionId: revision.id };
};
