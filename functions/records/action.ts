import * as z from "zod";
import type { Runtime } from "../runtime.ts";
import type { Condition } from "./condition.ts";
import { actionKey, runPartition, SORT_KEYS } from "./keys.ts";
import { failureAnalysis, storedFile } from "./reported.ts";
import { ACTION_STATUSES } from "./statuses.ts";
import { getItem, type Item, type ItemChange, putItem, queryItems, updateItem } from "./table.ts";

/** Decided once, with the record; it may be sent any number of times. */
const taskAnswer = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("success"), output: z.string() }),
  z.object({ kind: z.literal("failure"), error: z.string(), cause: z.string() }),
]);

/** What the Task of an action is answered. */
export type TaskAnswer = Readonly<z.infer<typeof taskAnswer>>;

const actionRecord = z.object({
  runId: z.string(),
  key: z.string(),
  alias: z.string(),
  type: z.string(),
  stage: z.number(),
  status: z.enum(ACTION_STATUSES),
  redrive: z.number(),
  /** Number of the latest attempt; 0 where none was made (skipped, a wait). */
  attempt: z.number(),
  /** Iteration of the loop and retries in it, both of the latest attempt; 1 and 0 at first. */
  iteration: z.number(),
  retry: z.number(),
  /** Tokens that wait for `answer`. More than one where Step Functions called again while an attempt lived. */
  tokens: z.set(z.string()).optional(),
  /** Present when the latest attempt has been judged: the action has ended, or wants to be called again. */
  answer: taskAnswer.optional(),
  answered: z.boolean().optional(),
  queuedAt: z.string(),
  /** When the scripts of the first attempt of this redrive started; the action's timeout counts from here. */
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  exitCode: z.number().optional(),
  error: z.object({ name: z.string(), message: z.string(), analysis: failureAnalysis.optional() }).optional(),
  logTail: z.array(z.string()).optional(),
  /** Why the action was skipped. */
  reason: z.string().optional(),
  /** It was skipped because an earlier action failed, not by its own `if`. */
  skippedByFailure: z.boolean().optional(),
  /** Why `loop.break` could not be evaluated, at the latest time. */
  breakProblem: z.string().optional(),
  /** Directories that the latest attempt left behind, by their key. */
  directories: z.record(z.string(), z.object({ objectKey: z.string(), bytes: z.number() })).optional(),
  /** Files that the latest attempt left behind. */
  files: z.array(storedFile).optional(),
  /** What a `wait` with a gate waits for. */
  waitSeconds: z.number().optional(),
});

/** One action of one run. `answer` is absent exactly while the latest attempt is open. */
export type ActionRecord = Readonly<z.infer<typeof actionRecord>>;

/** `living` of actions whose answer may not have been sent. */
export const LIVING_ANSWER = "answer";

/** The type of an action's item; throws where it has another shape. */
export function parseAction(item: Item): ActionRecord {
  return actionRecord.parse(item);
}

/** Reads one action. */
export async function readActionRecord(
  runtime: Runtime,
  runId: string,
  key: string,
): Promise<ActionRecord | undefined> {
  const item = await getItem(runtime, actionKey(runId, key));
  return item && parseAction(item);
}

/** Every action of a run that has a record, by key. */
export async function readActionRecords(runtime: Runtime, runId: string): Promise<ReadonlyMap<string, ActionRecord>> {
  const items = await queryItems(runtime, runPartition(runId), SORT_KEYS.action);
  return new Map(items.map(parseAction).map((record) => [record.key, record]));
}

/** Writes a whole record under a condition; `extra` holds the attributes of the index. Answers whether it was written. */
export function writeActionRecord(
  runtime: Runtime,
  record: ActionRecord,
  extra: Item,
  condition: Condition,
): Promise<boolean> {
  return putItem(runtime, { ...actionKey(record.runId, record.key), ...record, ...extra }, condition);
}

/** Changes an action under a condition; answers the new record, or `undefined` where the condition does not hold. */
export async function changeAction(
  runtime: Runtime,
  runId: string,
  key: string,
  change: ItemChange,
  condition: Condition,
): Promise<ActionRecord | undefined> {
  const item = await updateItem(runtime, actionKey(runId, key), change, condition);
  return item && parseAction(item);
}
