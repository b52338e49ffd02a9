import { answerTask } from "../attempts/answer-task.ts";
import { ANSWER_SECONDS } from "../attempts/limits.ts";
import { LIVING_ANSWER, readActionRecord } from "../records/action.ts";
import { LIVING_ATTEMPT } from "../records/attempt.ts";
import { present } from "../records/condition.ts";
import { type ItemKey, type NamedItem, parseItemKey } from "../records/keys.ts";
import { LIVING_RUN } from "../records/run.ts";
import { queryDue, updateItem } from "../records/table.ts";
import type { Runtime } from "../runtime.ts";
import { sideBySide } from "../side-by-side.ts";
import { createLook, type Look } from "./look.ts";
import { sweepAttempt } from "./sweep-attempt.ts";
import { sweepRun } from "./sweep-run.ts";

/**
 * What one sweep looks at, at most, the most overdue first; the rest stays due, so that all have their turn. First what
 * is suspicious: answers that nobody has confirmed, attempts that were silent for too long; what lives and reports is
 * never due. Then the rest in rotation: every run's execution once in five minutes, since its event may be lost. Of
 * DescribeExecution the smaller regions allow 250 at once and 10 a second (reference/aws.md 3.1): 250 a minute are
 * below half of that, and enough for 1,250 runs at a time.
 */
const LIMITS = [
  { living: LIVING_ANSWER, limit: 200, atATime: 10 },
  { living: LIVING_ATTEMPT, limit: 200, atATime: 10 },
  { living: LIVING_RUN, limit: 250, atATime: 5 },
] as const;

/** How many things one sweep has looked at, and how many of these calls failed and will be repeated. */
export interface SweepResult {
  readonly checked: number;
  readonly failed: number;
}

/** Repairs what was lost: answers, reports, status events, tasks. Called once a minute. */
export async function sweep(runtime: Runtime): Promise<SweepResult> {
  const look = createLook();
  let checked = 0;
  let failed = 0;
  for (const { living, limit, atATime } of LIMITS) {
    const due = await queryDue(runtime, living, runtime.clock.now(), limit);
    await sideBySide(due, atATime, async (key) => {
      checked++;
      if (!(await sweepItem(runtime, key, look))) {
        failed++;
      }
    });
  }
  return { checked, failed };
}

async function sweepItem(runtime: Runtime, key: ItemKey, look: Look): Promise<boolean> {
  const item = parseItemKey(key);
  if (item === undefined) {
    return true;
  }
  try {
    await sweepNamed(runtime, item, look);
    return true;
  } catch (error) {
    runtime.log({ level: "error", function: "sweep", item, error: String(error) });
    // What fails again and again must not stand before everything else.
    const checkAt = runtime.clock.now() + ANSWER_SECONDS * 1000;
    await updateItem(runtime, key, { set: { checkAt } }, present("living"));
    return false;
  }
}

async function sweepNamed(runtime: Runtime, item: NamedItem, look: Look): Promise<void> {
  switch (item.kind) {
    case "attempt":
      return sweepAttempt(runtime, item, look);
    case "run":
      return sweepRun(runtime, item.runId);
    case "action": {
      const record = await readActionRecord(runtime, item.runId, item.key);
      return record && answerTask(runtime, record);
    }
  }
}
