import type { Json, PlanActionSummary } from "../../compiler/index.ts";
import { readPlanIndex } from "../plans/read-plan.ts";
import { type ActionRecord, parseAction } from "../records/action.ts";
import { type AttemptRecord, parseAttempt } from "../records/attempt.ts";
import { runPartition, SORT_KEYS } from "../records/keys.ts";
import { type OutputRecord, parseOutput, readOutputValue } from "../records/output.ts";
import { parseRun, type RunRecord } from "../records/run.ts";
import { type ActionStatus, hasActionEnded, hasRunEnded } from "../records/statuses.ts";
import { type Item, queryItems } from "../records/table.ts";
import type { Runtime } from "../runtime.ts";
import { logLink } from "./log-link.ts";
import type { ActionErrorView, ActionView, OmittedOutputs, RunView } from "./run-view.ts";

/** There is no run of this id. */
export class RunNotFoundError extends Error {
  override readonly name = "RunNotFoundError";
}

/**
 * Reads a run with its actions and outputs, from the table alone. `mostOutputBytes` is how much all outputs together may
 * have; those beyond are named with their sizes. Default: as much as there is. Throws `RunNotFoundError`.
 */
export async function readRun(
  runtime: Runtime,
  runId: string,
  { mostOutputBytes = Number.POSITIVE_INFINITY }: { readonly mostOutputBytes?: number } = {},
): Promise<RunView> {
  const items = await queryItems(runtime, runPartition(runId), "");
  const run = items.filter(hasKey(SORT_KEYS.run)).map(parseRun)[0];
  if (run === undefined) {
    throw new RunNotFoundError(`There is no run "${runId}".`);
  }
  const records = new Map(items.filter(hasKey(SORT_KEYS.action)).map((item) => [item["key"], parseAction(item)]));
  const attempts = items.filter(hasKey(SORT_KEYS.attempt)).map(parseAttempt);
  const outputs = items.filter(hasKey(SORT_KEYS.output)).map(parseOutput);
  const runOutputs = items.filter(hasKey(SORT_KEYS.runOutput)).map(parseOutput);
  const plan = await readPlanIndex(runtime, run.planHash);
  const shown = withinBudget([...runOutputs, ...outputs], mostOutputBytes);
  const order = plan.order.map((summary) => ({ summary, record: records.get(summary.key) }));
  const actions = order.map(async ({ summary, record }): Promise<ActionView> => {
    const own = outputs.filter(({ key, attempt }) => key === summary.key && attempt === record?.attempt);
    return {
      key: summary.key,
      alias: summary.alias,
      type: summary.type,
      stage: summary.stage,
      status: record?.status ?? statusWithoutRecord(summary, run, order),
      attempts: record?.attempt ?? 0,
      ...(record?.startedAt !== undefined && { startedAt: record.startedAt }),
      ...(record?.endedAt !== undefined && { endedAt: record.endedAt }),
      ...(await outputValues(runtime, own, shown)),
      ...(record?.error && hasActionEnded(record.status) && { error: errorView(record, record.error) }),
      ...(record?.files && record.files.length > 0 && { files: record.files }),
      ...(record?.reason !== undefined && { reason: record.reason }),
      ...placementOf(attempts.find(({ key, n }) => key === summary.key && n === record?.attempt)),
    };
  });
  return {
    runId,
    pipeline: run.pipeline,
    name: run.name,
    status: run.status,
    createdAt: run.createdAt,
    ...(run.startedAt !== undefined && { startedAt: run.startedAt }),
    ...(run.endedAt !== undefined && { endedAt: run.endedAt }),
    ...(run.trigger !== undefined && { trigger: JSON.parse(run.trigger) }),
    ...(run.error && { error: run.error }),
    ...(await outputValues(runtime, runOutputs, shown)),
    actions: await Promise.all(actions),
  };
}

function placementOf(attempt: AttemptRecord | undefined): Pick<ActionView, "placement"> {
  if (attempt === undefined) {
    return {};
  }
  const { executor, handle, allotment, log } = attempt;
  return {
    placement: {
      executor,
      ...(handle !== undefined && { handle }),
      ...(allotment !== undefined && { allotment }),
      ...(log !== undefined && { log: { ...log, link: logLink(log) } }),
    },
  };
}

function hasKey(prefix: string): (item: Item) => boolean {
  return ({ sk }) => typeof sk === "string" && (prefix.endsWith("#") ? sk.startsWith(prefix) : sk === prefix);
}

/** The smallest first, so that one large output does not hide all others. */
function withinBudget(records: readonly OutputRecord[], mostBytes: number): ReadonlySet<OutputRecord> {
  let left = mostBytes;
  const shown = new Set<OutputRecord>();
  for (const record of records.toSorted((a, b) => a.bytes - b.bytes)) {
    left -= record.bytes;
    if (left >= 0) {
      shown.add(record);
    }
  }
  return shown;
}

async function outputValues(
  runtime: Runtime,
  records: readonly OutputRecord[],
  shown: ReadonlySet<OutputRecord>,
): Promise<Pick<RunView, "outputs" | "omittedOutputs">> {
  const values = await Promise.all(
    records
      .filter((record) => shown.has(record))
      .map(async (record): Promise<[string, Json]> => [record.name, await readOutputValue(runtime, record)]),
  );
  const omitted = records.filter((record) => !shown.has(record));
  const omittedOutputs: OmittedOutputs = Object.fromEntries(omitted.map(({ name, bytes }) => [name, { bytes }]));
  return { outputs: Object.fromEntries(values), ...(omitted.length > 0 && { omittedOutputs }) };
}

function errorView(
  record: ActionRecord,
  { name, message, analysis }: NonNullable<ActionRecord["error"]>,
): ActionErrorView {
  return {
    name,
    message,
    ...(analysis && { analysis }),
    ...(record.exitCode !== undefined && { exitCode: record.exitCode }),
    ...(record.logTail && { logTail: record.logTail }),
  };
}

/** A native wait writes no record while it runs: it runs when everything before it has ended and it is not over. */
function statusWithoutRecord(
  summary: PlanActionSummary,
  run: RunRecord,
  order: readonly { readonly summary: PlanActionSummary; readonly record: ActionRecord | undefined }[],
): ActionStatus {
  if (summary.disabled) {
    return "disabled";
  }
  if (hasRunEnded(run.status)) {
    return "skipped";
  }
  const before = order.filter(({ summary: other }) => other.stage < summary.stage && !other.disabled);
  const isReached = before.every(({ record }) => record !== undefined && hasActionEnded(record.status));
  return summary.native && isReached && run.status === "running" ? "running" : "pending";
}
