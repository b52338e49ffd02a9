import { type FunctionHandler, lazyHandler, wrapHandler } from "../create-handler.ts";
import { parseEvent } from "../middleware/parse-event.ts";
import { reportEventErrors } from "../middleware/report-errors.ts";
import type { Runtime } from "../runtime.ts";
import { cancelRun } from "./cancel-run.ts";
import { type ExecutionStatusChange, executionStatusChange } from "./contract.ts";

/** The function behind the rule on executions that ended badly. */
export function createHandler(runtime: Runtime): FunctionHandler {
  return wrapHandler<ExecutionStatusChange>(
    runtime,
    [reportEventErrors(runtime, "cancel-run"), parseEvent(executionStatusChange)],
    (event) => cancelRun(runtime, event),
  );
}

/** The Lambda entry point. */
export const handler: FunctionHandler = lazyHandler(createHandler);
