import { hasRunEnded, type RunView } from "../../functions/index.ts";
import { type RunProgress, settle, startProgress } from "../run/progress.ts";
import { renderSummary } from "../run/summary.ts";
import { renderTree } from "../run/tree-view.ts";
import type { Paint } from "../text/color.ts";
import { shellWord } from "../text/shell-word.ts";

/** Width of a tree that no terminal shows. */
const TREE_COLUMNS = 100;

/** What is known of a run, for the views. `now` is in milliseconds since the epoch. */
export function progressOf(run: RunView, now: number): RunProgress {
  const startedAt = Date.parse(run.startedAt ?? run.createdAt);
  const order = run.actions.map((action) => ({ ...action, disabled: action.status === "disabled" }));
  const progress = startProgress({ pipeline: run.name, runId: run.runId, startedAt }, order);
  const endedAt = run.endedAt === undefined ? now : Date.parse(run.endedAt);
  const settled = settle(progress, run, endedAt);
  return hasRunEnded(run.status) ? settled : { ...settled, endedAt: undefined };
}

/** The tree of stages and actions, and behind it, where the run has ended, what came of it. */
export function runText(run: RunView, paint: Paint, now: number): string {
  const tree = renderTree(progressOf(run, now), {
    now,
    frame: 0,
    columns: TREE_COLUMNS,
    rows: Number.POSITIVE_INFINITY,
    paint,
  });
  return `${tree.join("\n")}\n${hasRunEnded(run.status) ? summaryText(run, paint) : ""}`;
}

/** What came of a run that has ended. */
export function summaryText(run: RunView, paint: Paint): string {
  const end = Date.parse(run.endedAt ?? run.createdAt);
  const omitted = run.actions.flatMap(({ alias, omittedOutputs = {} }) =>
    Object.entries(omittedOutputs).map(
      ([name, { bytes }]) => `  ${alias}.${name} (${bytes} bytes) is too large to be shown\n`,
    ),
  );
  const summary = renderSummary(run, {
    paint,
    durationMs: end - Date.parse(run.startedAt ?? run.createdAt),
    declaredOutputs: Object.keys(run.outputs),
    placeOf: () => `pipeline "${run.name}"`,
    logFileOf: ({ alias, attempts }) => (attempts === 0 ? undefined : `sluice logs ${run.runId} ${shellWord(alias)}`),
    fileOf: () => undefined,
  });
  return `${summary}${omitted.join("")}`;
}
