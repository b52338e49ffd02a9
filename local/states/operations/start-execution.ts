import { readInput } from "../../wire/input.ts";
import { ServiceError } from "../../wire/service.ts";
import { executionArn, isValidName } from "../arn.ts";
import { type Document, isTooLarge, LARGEST_DOCUMENT_BYTES, parseDocument } from "../document.ts";
import type { StateMachine } from "../engine/store.ts";
import type { Execution } from "../execution/execution.ts";
import { randomUuid } from "../randomness.ts";
import { findStateMachine, type Operation } from "./service-context.ts";

/** Idempotent by name while the execution runs with the same input. Source: reference/aws.md 3.1 */
export const startExecution: Operation = (context, input) => {
  const reader = readInput(input);
  const stateMachine = findStateMachine(context, reader.string("stateMachineArn"));
  const name = reader.optionalString("name") ?? randomUuid(context.random);
  const document = parseInput(reader.optionalString("input") ?? "{}");
  reader.ignore("traceHeader");
  reader.done();
  if (!isValidName(name)) throw new ServiceError("InvalidName", `Invalid Name: '${name}'`);
  if (stateMachine.isDeleting) {
    throw new ServiceError("StateMachineDeleting", `State Machine is being deleted: '${stateMachine.arn}'`);
  }
  const arn = executionArn(context.account, stateMachine.name, name);
  const existing = context.store.executions.get(arn);
  if (existing !== undefined) return answerExisting(existing, document);

  const execution = createExecution(stateMachine, arn, name, document, context.clock.now());
  context.store.executions.set(arn, execution);
  stateMachine.executions.set(name, execution);
  context.engine.start(execution, stateMachine.current.machine);
  return { executionArn: arn, startDate: new Date(execution.startDate) };
};

function parseInput(text: string): Document {
  if (isTooLarge(text)) {
    throw new ServiceError("ValidationException", `The input must not be larger than ${LARGEST_DOCUMENT_BYTES} bytes.`);
  }
  try {
    return parseDocument(text);
  } catch (error) {
    throw new ServiceError("InvalidExecutionInput", `Invalid State Machine Execution Input: '${String(error)}'`);
  }
}

function answerExisting({ arn, status, input, startDate }: Execution, wanted: Document): object {
  if (status === "RUNNING" && input.text === wanted.text) return { executionArn: arn, startDate: new Date(startDate) };
  throw new ServiceError("ExecutionAlreadyExists", `Execution Already Exists: '${arn}'`);
}

function createExecution(
  { arn: machineArn, name: machineName, current }: StateMachine,
  arn: string,
  name: string,
  input: Document,
  startDate: number,
): Execution {
  const top = { id: 0, flow: 0, variables: {}, previousEventId: 0, entering: undefined, run: undefined };
  return {
    arn,
    name,
    machineArn,
    machineName,
    revisionId: current.id,
    roleArn: current.roleArn,
    input,
    startDate,
    status: "RUNNING",
    frames: { 0: top },
    history: [],
    nextId: 1,
    variablesLength: 0,
    timeoutTimer: undefined,
  };
}
