import type { Permission } from "../../actions/executors/contract.ts";
import { EXECUTION_STATUS_CHANGE } from "../runs/observed-execution.ts";

export { type ExecutionStatusChange, executionStatusChange } from "../runs/observed-execution.ts";

/** Events that the function gets: executions that ended while something of them may live. */
export const CANCEL_RUN_RULE = {
  source: ["aws.states"],
  "detail-type": [EXECUTION_STATUS_CHANGE],
  detail: { status: ["FAILED", "TIMED_OUT", "ABORTED"] },
} as const;

/** Calls of the function itself. */
export const CANCEL_RUN_PERMISSIONS: readonly Permission[] = [
  { actions: ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:UpdateItem"], on: "table" },
];
