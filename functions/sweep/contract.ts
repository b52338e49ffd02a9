import type { Permission } from "../../actions/executors/contract.ts";
import { CALLS } from "../contract.ts";

/** How often `sweep` is called. */
export const SWEEP_INTERVAL_SECONDS = 60;

/** Calls of the function itself. */
export const SWEEP_PERMISSIONS: readonly Permission[] = [
  CALLS.records,
  CALLS.plans,
  CALLS.largeValues,
  CALLS.configs,
  CALLS.sealedConfigs,
  CALLS.secretReferences,
  CALLS.secrets,
  CALLS.answers,
  CALLS.events,
  CALLS.executions,
  { actions: ["dynamodb:Query"], on: "livingIndex" },
];
