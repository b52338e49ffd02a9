import { readInput } from "../../wire/input.ts";
import { readFailure } from "./read-failure.ts";
import { findExecution, type Operation } from "./service-context.ts";

/** An execution that has ended already stays as it is, and its own end is answered. */
export const stopExecution: Operation = async (context, input) => {
  const reader = readInput(input);
  const execution = findExecution(context, reader.string("executionArn"));
  const failure = readFailure(reader);
  reader.done();
  await context.engine.post(execution.arn, { type: "stopRequested", ...failure });
  return { stopDate: new Date(execution.stopDate ?? context.clock.now()) };
};
