/** The state-machine engine: Step Functions on a laptop, as a service that the wire and the in-process transport call. */

export type { StatusChange } from "./engine/status-change.ts";
export type { RandomBytes } from "./randomness.ts";
export { createStates, type States, type StatesOptions } from "./states.ts";
export type { InvokeFunction } from "./tasks/lambda.ts";
