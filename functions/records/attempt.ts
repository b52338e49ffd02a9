import * as z from "zod";
import type { Runtime } from "../runtime.ts";
import { absent, type Condition } from "./condition.ts";
import { type AttemptName, attemptKey, runPartition, SORT_KEYS } from "./keys.ts";
import { failureAnalysis, storedFile } from "./reported.ts";
import { getItem, type Item, type ItemChange, putItem, queryItems, updateItem } from "./table.ts";

const attemptEnd = z.object({
  /** `lost`: nobody reported it; something else noticed that it is over. */
  kind: z.enum(["exited", "timedOut", "cancelled", "failedToPrepare", "failedToStore", "lost"]),
  exitCode: z.number().optional(),
  signal: z.string().optional(),
  message: z.string().optional(),
  logTail: z.array(z.string()),
  analysis: failureAnalysis.optional(),
  files: z.array(storedFile).optional(),
  startedAt: z.string().optional(),
  endedAt: z.string(),
  directories: z.record(z.string(), z.object({ objectKey: z.string(), bytes: z.number() })),
});

/** How an attempt ended; written once. */
export type AttemptEnd = Readonly<z.infer<typeof attemptEnd>>;

const attemptRecord = z.object({
  runId: z.string(),
  key: z.string(),
  n: z.number(),
  /** Name of the configured executor. */
  executor: z.string(),
  redrive: z.number(),
  /** ISO 8601. */
  acceptedAt: z.string(),
  /** SHA-256 (base64url) of the nonces with which the agent may have been started; any one of them, once. */
  nonceHashes: z.set(z.string()),
  /** SHA-256 (base64url) of the agent's secret; present once it has bootstrapped. */
  secretHash: z.string().optional(),
  /** What the executor started; present once it has. */
  handle: z.string().optional(),
  /** Where its log is, as far as its executor knows; present with the handle. */
  log: z.object({ region: z.string(), group: z.string(), stream: z.string() }).optional(),
  /** What it got where that is not what it asked for. */
  allotment: z.string().optional(),
  /** When the scripts started. */
  startedAt: z.string().optional(),
  /** Milliseconds since the epoch, as is `deadlineAt`: when the agent was heard of last. */
  lastSeen: z.number().optional(),
  /** When it must have ended, with the allowance for its start and the grace. */
  deadlineAt: z.number(),
  /** Why it is to end early; set once. */
  cancelReason: z.string().optional(),
  /** Names put out so far; the limit counts them. */
  outputNames: z.set(z.string()).optional(),
  /** Keys of the lists of directories that it has stored; its report may name no other. */
  directoryKeys: z.set(z.string()).optional(),
  /** `detail.version` of the latest event which said that its ECS task has stopped. */
  taskVersion: z.number().optional(),
  /** Why AWS is about to take it away, as an event said before it stopped. */
  interruption: z.string().optional(),
  end: attemptEnd.optional(),
});

/** One try of an action. */
export type AttemptRecord = Readonly<z.infer<typeof attemptRecord>>;

/** `living` of attempts that are under way or whose end is not yet settled. */
export const LIVING_ATTEMPT = "attempt";

/** The type of an attempt's item; throws where it has another shape. */
export function parseAttempt(item: Item): AttemptRecord {
  return attemptRecord.parse(item);
}

/** Reads one attempt. */
export async function readAttempt(runtime: Runtime, name: AttemptName): Promise<AttemptRecord | undefined> {
  const item = await getItem(runtime, attemptKey(name.runId, name.key, name.n));
  return item && parseAttempt(item);
}

/** Every attempt of a run. */
export async function readAttempts(runtime: Runtime, runId: string): Promise<readonly AttemptRecord[]> {
  return (await queryItems(runtime, runPartition(runId), SORT_KEYS.attempt)).map(parseAttempt);
}

/** Makes the record of an attempt that nothing was started for; answers false where it exists. */
export function createAttempt(runtime: Runtime, attempt: AttemptRecord, checkAt: number): Promise<boolean> {
  return putItem(
    runtime,
    { ...attemptKey(attempt.runId, attempt.key, attempt.n), ...attempt, living: LIVING_ATTEMPT, checkAt },
    absent("pk"),
  );
}

/** Changes an attempt under a condition; answers the new record, or `undefined` where the condition does not hold. */
export async function changeAttempt(
  runtime: Runtime,
  name: AttemptName,
  change: ItemChange,
  condition: Condition,
): Promise<AttemptRecord | undefined> {
  const item = await updateItem(runtime, attemptKey(name.runId, name.key, name.n), change, condition);
  return item && parseAttempt(item);
}
