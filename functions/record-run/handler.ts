import { type FunctionHandler, lazyHandler, wrapHandler } from "../create-handler.ts";
import { parseEvent } from "../middleware/parse-event.ts";
import { reportTaskErrors } from "../middleware/report-errors.ts";
import type { Runtime } from "../runtime.ts";
import { type RecordRunInput, recordRunInput } from "./contract.ts";
import { recordRun } from "./record-run.ts";

/** The function behind the rule on executions and behind the Task `end of run`. */
export function createHandler(runtime: Runtime): FunctionHandler {
  return wrapHandler<RecordRunInput>(
    runtime,
    [reportTaskErrors(runtime, "record-run"), parseEvent(recordRunInput)],
    (input) => recordRun(runtime, input),
  );
}

/** The Lambda entry point. */
export const handler: FunctionHandler = lazyHandler(createHandler);
