import type { Permission } from "../../actions/executors/contract.ts";

/** How often `collect-machines` is called. */
export const COLLECT_INTERVAL_HOURS = 24;

/** Calls of the function itself. */
export const COLLECT_MACHINES_PERMISSIONS: readonly Permission[] = [
  { actions: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:UpdateItem"], on: "table" },
  { actions: ["dynamodb:Query"], on: "livingIndex" },
  { actions: ["states:DeleteStateMachine", "states:ListExecutions"], on: "machines" },
];
