/** The state-machine engine: Step Functions on a laptop, as a service that the wire and the in-process transport call. */

export type { StatusChange } from "./engine/status-change.ts";
export { createStates } from "./states.ts";
export type { InvokeFunction } from "./tasks/lambda.ts";
