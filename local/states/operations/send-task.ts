import { readInput } from "../../wire/input.ts";
import { ServiceError } from "../../wire/service.ts";
import { type Document, isTooLarge, LARGEST_DOCUMENT_BYTES, parseDocument } from "../document.ts";
import type { ExecutionEvent } from "../execution/event.ts";
import { readToken, type TaskAddress } from "../tasks/token.ts";
import { readFailure } from "./read-failure.ts";
import type { Operation, ServiceContext } from "./service-context.ts";

/** SendTaskSuccess. */
export const sendTaskSuccess: Operation = async (context, input) => {
  const reader = readInput(input);
  const token = reader.string("taskToken");
  const output = parseOutput(reader.string("output"));
  reader.done();
  return answerTask(context, token, ({ frame, task }) => ({ type: "taskSucceeded", frame, task, output }));
};

/** SendTaskFailure. */
export const sendTaskFailure: Operation = async (context, input) => {
  const reader = readInput(input);
  const token = reader.string("taskToken");
  const failure = readFailure(reader);
  reader.done();
  return answerTask(context, token, ({ frame, task }) => ({ type: "taskFailed", frame, task, ...failure }));
};

/** SendTaskHeartbeat. */
export const sendTaskHeartbeat: Operation = async (context, input) => {
  const reader = readInput(input);
  const token = reader.string("taskToken");
  reader.done();
  return answerTask(context, token, ({ frame, task }) => ({ type: "heartbeat", frame, task }));
};

/**
 * Gives the event to the execution that the token leads to.
 * @throws {ServiceError} InvalidToken for a text that is no token, TaskDoesNotExist for one of an execution that is not
 *   there, TaskTimedOut for one whose task has ended
 */
async function answerTask(
  { store, engine }: ServiceContext,
  token: string,
  eventFor: (address: TaskAddress) => ExecutionEvent,
): Promise<object> {
  const address = readToken(token);
  if (address === undefined) throw new ServiceError("InvalidToken", "Invalid Token: 'Invalid token'");
  const execution = store.executions.get(address.executionArn);
  if (execution === undefined) throw new ServiceError("TaskDoesNotExist", "Task Does Not Exist: 'Task not found'");
  const activity = execution.frames[address.frame]?.run?.activity;
  const isWaiting = activity?.kind === "task" && activity.token === token;
  if (isWaiting && (await engine.post(execution.arn, eventFor(address)))) return {};
  throw new ServiceError("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
}

function parseOutput(text: string): Document {
  if (isTooLarge(text)) {
    throw new ServiceError(
      "ValidationException",
      `The output must not be larger than ${LARGEST_DOCUMENT_BYTES} bytes.`,
    );
  }
  try {
    return parseDocument(text);
  } catch (error) {
    throw new ServiceError("InvalidOutput", `Invalid Output: '${String(error)}'`);
  }
}
