import { type ListedPlace, type ListedRun, queryListedRuns } from "../records/listed-run.ts";
import type { RunStatus } from "../records/statuses.ts";
import type { Runtime } from "../runtime.ts";

/** Which runs, and how many. */
export interface RunQuery {
  /** Pipeline key. Default: of all. */
  readonly pipeline?: string;
  /** Default: any. */
  readonly statuses?: ReadonlySet<RunStatus>;
  readonly limit: number;
  /** Where an earlier list went on. */
  readonly after?: ListedPlace;
}

/** Runs that one query reads when most of them may be passed over. */
const FILTERED_PAGE = 100;
/** Queries of one list: who asks for a rare status goes on where this one ended, with fewer than wanted or none. */
const MOST_QUERIES = 10;

/**
 * Runs, the newest first. `next` is where the list goes on; absent behind its last run. One more than is wanted is looked
 * for, so that no list ends with a page of nothing.
 */
export async function listRuns(
  runtime: Runtime,
  { pipeline, statuses, limit, after }: RunQuery,
): Promise<{ readonly runs: readonly ListedRun[]; readonly next?: ListedPlace }> {
  const found: ListedRun[] = [];
  let place = after;
  for (let queries = 0; queries < MOST_QUERIES; queries++) {
    const page = await queryListedRuns(runtime, pipeline, statuses === undefined ? limit + 1 : FILTERED_PAGE, place);
    found.push(...page.runs.filter(({ status }) => statuses?.has(status) ?? true));
    const last = found[limit - 1];
    if (found.length > limit && last !== undefined) {
      return { runs: found.slice(0, limit), next: last };
    }
    if (!page.hasMore) {
      return { runs: found };
    }
    place = page.runs.at(-1) ?? place;
  }
  return { runs: found, ...(place && { next: place }) };
}
