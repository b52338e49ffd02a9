import { type FunctionHandler, lazyHandler, wrapHandler } from "../create-handler.ts";
import { reportEventErrors } from "../middleware/report-errors.ts";
import type { Runtime } from "../runtime.ts";
import { collectMachines } from "./collect-machines.ts";

/** The function that a schedule calls once a day. */
export function createHandler(runtime: Runtime): FunctionHandler {
  return wrapHandler<unknown>(runtime, [reportEventErrors(runtime, "collect-machines")], () =>
    collectMachines(runtime),
  );
}

/** The Lambda entry point. */
export const handler: FunctionHandler = lazyHandler(createHandler);
