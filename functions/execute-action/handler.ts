import { type FunctionHandler, lazyHandler, wrapHandler } from "../create-handler.ts";
import { parseEvent } from "../middleware/parse-event.ts";
import { reportTaskErrors } from "../middleware/report-errors.ts";
import type { Runtime } from "../runtime.ts";
import { type ExecuteActionInput, executeActionInput } from "./contract.ts";
import { executeAction } from "./execute-action.ts";

/** The function behind the Task of an action; deployed once per executor kind. */
export function createHandler(runtime: Runtime): FunctionHandler {
  return wrapHandler<ExecuteActionInput>(
    runtime,
    [reportTaskErrors(runtime, "execute-action"), parseEvent(executeActionInput)],
    (payload) => executeAction(runtime, payload),
  );
}

/** The Lambda entry point. */
export const handler: FunctionHandler = lazyHandler(createHandler);
