import type { ExecutorKindTraits } from "../../../compiler/index.ts";

/** The gate of a Wait state: the function answers how many seconds to wait; nothing is started. */
export const WAIT_KIND: ExecutorKindTraits = {
  kind: "wait",
  integration: "function",
  hasAgent: false,
  startAllowanceSeconds: 60,
  usesImage: false,
  functionPlaceholder: "${ExecuteActionWait}",
};
