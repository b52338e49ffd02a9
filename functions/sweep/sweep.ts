import { answerTask } from "../attempts/answer-task.ts";
import { ANSWER_SECONDS } from "../attempts/limits.ts";
import { LIVING_ANSWER, readActionRecord } from "../records/action.ts";
import { LIVING_ATTEMPT } from "../records/attempt.ts";
import { present } from "../records/condition.ts";
import { type ItemKey, type NamedItem, parseItemKey } from "../records/keys.ts";
import { LIVING_RUN } from "../records/run.ts";
import { queryDue, updateItem } from "../records/table.ts";
import type { Runtime } from "../runtime.ts";
import { sweepAttempt } from "./sweep-attempt.ts";
import { sweepRun } from "./sweep-run.ts";

/**
 * What one sweep looks at, at most, the most overdue first; the rest stays due. DescribeExecution allows 15 calls a
 * second in the smaller regions (reference/aws.md 3.1); 60 runs, one after the other, stay below that.
 */
const LIMITS = [
  { living: LIVING_ANSWER, limit: 100 },
  { living: LIVING_ATTEMPT, limit: 100 },
  { living: LIVING_RUN, limit: 60 },
] as const;

/** How many things one sweep has looked at, and how many of these calls failed and will be repeated. */
export interface SweepResult {
  readonly checked: number;
  readonly failed: number;
}

/** Repairs what was lost: answers, reports, status events, tasks. Called once a minute. */
export async function sweep(runtime: Runtime): Promise<SweepResult> {
  let checked = 0;
  let failed = 0;
  for (const { living, limit } of LIMITS) {
    for (const key of await queryDue(runtime, living, runtime.clock.now(), limit)) {
      checked++;
      if (!(await sweepItem(runtime, key))) {
        failed++;
      }
    }
  }
  return { checked, failed };
}

async function sweepItem(runtime: Runtime, key: ItemKey): Promise<boolean> {
  const item = parseItemKey(key);
  if (item === undefined) {
    return true;
  }
  try {
    await sweepNamed(runtime, item);
    return true;
  } catch (error) {
    runtime.log({ level: "error", function: "sweep", item, error: String(error) });
    // What fails again and again must not stand before everything else.
    const checkAt = runtime.clock.now() + ANSWER_SECONDS * 1000;
    await updateItem(runtime, key, { set: { checkAt } }, present("living"));
    return false;
  }
}

async function sweepNamed(runtime: Runtime, item: NamedItem): Promise<void> {
  switch (item.kind) {
    case "attempt":
      return sweepAttempt(runtime, item);
    case "run":
      return sweepRun(runtime, item.runId);
    case "action": {
      const record = await readActionRecord(runtime, item.runId, item.key);
      return record && answerTask(runtime, record);
    }
  }
}
