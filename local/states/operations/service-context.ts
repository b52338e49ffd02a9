import type { Clock } from "../../clock.ts";
import { ServiceError } from "../../wire/service.ts";
import { type Account, isExecutionArn, isStateMachineArn } from "../arn.ts";
import { type ParsedDefinition, parseDefinition } from "../definition/parse-definition.ts";
import { formatProblem } from "../definition/problem.ts";
import type { Engine } from "../engine/engine.ts";
import type { StateMachine, Store } from "../engine/store.ts";
import type { Execution } from "../execution/execution.ts";
import type { RandomBytes } from "../randomness.ts";
import type { FindIntegration } from "../tasks/integration.ts";

/** What the operations work on. */
export interface ServiceContext {
  readonly account: Account;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly findIntegration: FindIntegration;
  readonly store: Store;
  readonly engine: Engine;
}

/** One operation: the SDK's input and output. */
export type Operation = (context: ServiceContext, input: unknown) => object | Promise<object>;

/** Largest definition: 1 MiB. */
const LARGEST_DEFINITION_BYTES = 1_048_576;

/**
 * Reads a definition with the services that there are.
 * @throws {ServiceError} ValidationException where it is too large
 */
export function parse(context: ServiceContext, definition: string): ParsedDefinition {
  if (Buffer.byteLength(definition) > LARGEST_DEFINITION_BYTES) {
    throw new ServiceError(
      "ValidationException",
      `The definition must be smaller than ${LARGEST_DEFINITION_BYTES} bytes.`,
    );
  }
  return parseDefinition(definition, {
    environment: { now: () => context.clock.now(), random: context.random },
    findIntegration: context.findIntegration,
  });
}

/** @throws {ServiceError} InvalidDefinition with every problem and its path */
export function compile(context: ServiceContext, definition: string) {
  const { machine, problems } = parse(context, definition);
  if (machine !== undefined) return machine;
  throw new ServiceError(
    "InvalidDefinition",
    `Invalid State Machine Definition: '${problems.map(formatProblem).join(", ")}'`,
  );
}

/** @throws {ServiceError} InvalidArn, StateMachineDoesNotExist */
export function findStateMachine({ store }: ServiceContext, arn: string): StateMachine {
  if (!isStateMachineArn(arn)) throw invalidArn(arn);
  const found = store.machines.get(arn);
  if (found === undefined) throw new ServiceError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);
  return found;
}

/** @throws {ServiceError} InvalidArn, ExecutionDoesNotExist */
export function findExecution({ store }: ServiceContext, arn: string): Execution {
  if (!isExecutionArn(arn)) throw invalidArn(arn);
  const found = store.executions.get(arn);
  if (found === undefined) throw new ServiceError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`);
  return found;
}

function invalidArn(arn: string): ServiceError {
  return new ServiceError("InvalidArn", `Invalid Arn: '${arn}'`);
}
