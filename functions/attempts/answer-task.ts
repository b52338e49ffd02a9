import { SendTaskFailureCommand, SendTaskSuccessCommand } from "@aws-sdk/client-sfn";
import { hasName } from "../errors/has-name.ts";
import { type ActionRecord, changeAction, type TaskAnswer } from "../records/action.ts";
import { all, equals, present } from "../records/condition.ts";
import type { Runtime } from "../runtime.ts";

/** Limits of SendTaskFailure. Source: API reference of Step Functions. */
const LONGEST_ERROR = 256;
const LONGEST_CAUSE = 32_768;

/** What Step Functions says when the Task has already ended; it wanted the answer no more, which is no error. */
const ALREADY_DONE = ["TaskTimedOut", "InvalidToken", "TaskDoesNotExist"] as const;

/** Sends an answer to one token; an answer that comes too late or twice is swallowed. */
export async function sendAnswer(runtime: Runtime, token: string, answer: TaskAnswer): Promise<void> {
  const command =
    answer.kind === "success"
      ? new SendTaskSuccessCommand({ taskToken: token, output: answer.output })
      : new SendTaskFailureCommand({
          taskToken: token,
          error: answer.error.slice(0, LONGEST_ERROR),
          cause: answer.cause.slice(0, LONGEST_CAUSE),
        });
  await ignoringEndedTasks(async () => {
    // Two overloads of one method: the union of the commands fits neither.
    await (command instanceof SendTaskSuccessCommand
      ? runtime.clients.states.send(command)
      : runtime.clients.states.send(command));
  });
}

/** Runs a call about a task token; that the Task has already ended is no error. Answers whether somebody waits for it. */
export async function ignoringEndedTasks(call: () => Promise<void>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (!ALREADY_DONE.some((name) => hasName(error, name))) {
      throw error;
    }
    return false;
  }
}

/**
 * Sends the answer that stands in an action's record to every token that waits for it, and notes that it was sent.
 * A crash between the two sends it again, which Step Functions refuses.
 */
export async function answerTask(runtime: Runtime, record: ActionRecord): Promise<void> {
  if (record.answer === undefined || record.answered === true) {
    return;
  }
  for (const token of record.tokens ?? []) {
    await sendAnswer(runtime, token, record.answer);
  }
  await changeAction(
    runtime,
    record.runId,
    record.key,
    { set: { answered: true }, remove: ["living", "checkAt"] },
    all(equals("attempt", record.attempt), equals("redrive", record.redrive), present("answer")),
  );
}
