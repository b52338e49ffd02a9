import { type FunctionHandler, lazyHandler, wrapHandler } from "../create-handler.ts";
import { parseEvent } from "../middleware/parse-event.ts";
import { reportEventErrors } from "../middleware/report-errors.ts";
import type { Runtime } from "../runtime.ts";
import { type ScheduledTick, scheduledTick } from "./contract.ts";
import { startScheduledRun } from "./start-scheduled-run.ts";

/** The function that EventBridge Scheduler calls at the times of `cron`. */
export function createHandler(runtime: Runtime): FunctionHandler {
  return wrapHandler<ScheduledTick>(
    runtime,
    [reportEventErrors(runtime, "start-scheduled-run"), parseEvent(scheduledTick)],
    (tick) => startScheduledRun(runtime, tick),
  );
}

/** The Lambda entry point. */
export const handler: FunctionHandler = lazyHandler(createHandler);
