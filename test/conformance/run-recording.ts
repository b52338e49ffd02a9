import { randomBytes } from "node:crypto";
import { createStates } from "../../local/states/index.ts";
import { ServiceError } from "../../local/wire/service.ts";
import { createVirtualClock, settled } from "../local/states/virtual-clock.ts";
import { firstDifference } from "./compare.ts";
import { createFunctions } from "./functions.ts";
import type { RecordedEvent, Recording } from "./recording.ts";

/** Turns of the clock until an execution counts as hanging. */
const MOST_TURNS = 10_000;

/** Runs a recording's definition with its input; answers the first difference to AWS's history, or undefined. */
export async function runRecording(recording: Recording): Promise<string | undefined> {
  const clock = createVirtualClock();
  const states = createStates({
    clock,
    random: randomBytes,
    region: "us-east-1",
    accountId: "111111111111",
    integrations: { lambda: createFunctions(recording.lambdas, clock) },
  });
  const call = async (operation: string, input: object): Promise<Record<string, unknown>> => {
    return (await states.service.operations[operation]?.(input)) as Record<string, unknown>;
  };
  try {
    const roleArn = "arn:aws:iam::111111111111:role/states";
    const definition = JSON.stringify(recording.definition);
    const { stateMachineArn } = await call("CreateStateMachine", { name: "recording", definition, roleArn });
    const { executionArn } = await call("StartExecution", { stateMachineArn, input: recording.input });
    for (let turn = 0; ; turn++) {
      await settled();
      if ((await call("DescribeExecution", { executionArn }))["status"] !== "RUNNING") break;
      if (turn > MOST_TURNS || !(await clock.advanceToNext())) return "does not end";
    }
    const { events } = await call("GetExecutionHistory", { executionArn, maxResults: 1000 });
    return firstDifference(recording.events, events as RecordedEvent[]);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.message.includes("JSONPath")) return `JSONPath not supported yet: ${error.message}`;
    return `${error.name}: ${error.message}`;
  } finally {
    states.stop();
  }
}
