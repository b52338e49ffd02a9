import { type FunctionHandler, lazyHandler, wrapHandler } from "../create-handler.ts";
import { parseEvent } from "../middleware/parse-event.ts";
import { reportEventErrors } from "../middleware/report-errors.ts";
import type { Runtime } from "../runtime.ts";
import { completeAction } from "./complete-action.ts";
import { type TaskStateChange, taskStateChange } from "./contract.ts";

/** The function behind the rule on ECS tasks that have stopped. */
export function createHandler(runtime: Runtime): FunctionHandler {
  return wrapHandler<TaskStateChange>(
    runtime,
    [reportEventErrors(runtime, "complete-action"), parseEvent(taskStateChange)],
    (event) => completeAction(runtime, event),
  );
}

/** The Lambda entry point. */
export const handler: FunctionHandler = lazyHandler(createHandler);
