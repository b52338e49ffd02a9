import * as z from "zod";
import type { Permission } from "../../actions/executors/contract.ts";
import { LONGEST_NAME_KEY, type TaskPayload } from "../../compiler/index.ts";
import { CALLS } from "../contract.ts";

/** Payload of a Task, as the compiler emits it (`compiler/asl/payload.ts`), with an action. */
export const executeActionInput = z.object({
  token: z.string().min(1).max(2048).exactOptional(),
  execution: z.string().regex(/^arn:[^:]+:states:[^:]*:[^:]*:execution:[^:]+:.+$/, "must be the ARN of an execution"),
  redrive: z.int().nonnegative(),
  pipeline: z.string().min(1),
  action: z.string().regex(new RegExp(`^[A-Za-z0-9_-]{1,${LONGEST_NAME_KEY}}$`), "must be the key of an action"),
}) satisfies z.ZodType<TaskPayload>;

/** What `execute-action` is called with. */
export type ExecuteActionInput = Readonly<z.infer<typeof executeActionInput>>;

/** What kinds answer that work inside the function; the others answer through their token. */
export type ExecuteActionOutput = { readonly status: string; readonly seconds?: number };

/** Calls of the function itself; its executor's stand in `actions/executors/<kind>/contract.ts`. */
export const EXECUTE_ACTION_PERMISSIONS: readonly Permission[] = [
  CALLS.records,
  CALLS.plans,
  CALLS.currentPlan,
  CALLS.largeValues,
  CALLS.configs,
  CALLS.sealedConfigs,
  CALLS.secretReferences,
  CALLS.secrets,
  CALLS.answers,
  CALLS.executions,
  CALLS.events,
];
