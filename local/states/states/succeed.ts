import type { SucceedState } from "../definition/model.ts";
import { runOf, type StepContext } from "../execution/context.ts";
import type { Frame } from "../execution/execution.ts";
import { leaveState } from "../execution/leave.ts";
import type { Step } from "../step.ts";

/** Ends its flow. */
export function* beginSucceed(context: StepContext, frame: Frame, state: SucceedState): Step<void> {
  yield* leaveState(context, frame, { ...state, next: undefined }, runOf(context, frame).input);
}
