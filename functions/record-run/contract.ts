import { z } from "zod";
import type { Permission } from "../../actions/executors/contract.ts";
import type { TaskPayload } from "../../compiler/index.ts";
import { CALLS } from "../contract.ts";
import { executeActionInput } from "../execute-action/contract.ts";
import { executionStatusChange } from "../runs/observed-execution.ts";

/** Events that the function gets. Events of machines that are none of ours find no run and are ignored. */
export const RECORD_RUN_RULE = {
  source: ["aws.states"],
  "detail-type": ["Step Functions Execution Status Change"],
  detail: { status: ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"] },
} as const;

/** Payload of the Task `end of run`: that of an action, without one. */
const endOfRunInput = executeActionInput
  .omit({ action: true })
  .required({ token: true }) satisfies z.ZodType<TaskPayload>;
export type EndOfRunInput = Readonly<z.infer<typeof endOfRunInput>>;

/** What `record-run` is called with: by the bus, or by the last Task of a machine that catches. */
export const recordRunInput = z.union([executionStatusChange, endOfRunInput]);
export type RecordRunInput = z.infer<typeof recordRunInput>;

/** Calls of the function itself. */
export const RECORD_RUN_PERMISSIONS: readonly Permission[] = [
  CALLS.records,
  CALLS.plans,
  CALLS.largeOutputs,
  CALLS.configs,
  CALLS.answers,
  CALLS.events,
  CALLS.currentPlan,
  CALLS.executions,
];
