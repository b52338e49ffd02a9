import * as z from "zod";
import type { Permission } from "../../actions/executors/contract.ts";
import type { TaskPayload } from "../../compiler/index.ts";
import { CALLS } from "../contract.ts";
import { executeActionInput } from "../execute-action/contract.ts";
import { EXECUTION_STATUS_CHANGE, executionStatusChange } from "../runs/observed-execution.ts";

/** Events that the function gets. Events of machines that are none of ours find no run and are ignored. */
export const RECORD_RUN_RULE = {
  source: ["aws.states"],
  "detail-type": [EXECUTION_STATUS_CHANGE],
  detail: { status: ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"] },
} as const;

/** Payload of the Task `end of run`: that of an action, without one. */
const endOfRunInput = executeActionInput
  .omit({ action: true })
  .required({ token: true }) satisfies z.ZodType<TaskPayload>;

/** The Task `end of run`, read. */
export type EndOfRunInput = Readonly<z.infer<typeof endOfRunInput>>;

/** What `record-run` is called with: by the bus, or by the last Task of a machine that catches. */
export const recordRunInput = z.union([executionStatusChange, endOfRunInput]);

/** An execution's event or the Task `end of run`. */
export type RecordRunInput = z.infer<typeof recordRunInput>;

/** Calls of the function itself. */
export const RECORD_RUN_PERMISSIONS: readonly Permission[] = [
  CALLS.records,
  CALLS.plans,
  CALLS.largeValues,
  CALLS.configs,
  CALLS.sealedConfigs,
  CALLS.secretReferences,
  CALLS.secrets,
  CALLS.answers,
  CALLS.events,
  CALLS.currentPlan,
  CALLS.executions,
];
