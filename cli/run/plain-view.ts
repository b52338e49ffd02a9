import type { OutputStream } from "../io.ts";
import { plainPaint } from "../text/color.ts";
import { formatDuration } from "../text/duration.ts";
import { singleLine } from "../text/width.ts";
import { type ActionProgress, hasEnded, type RunProgress } from "./progress.ts";
import { ACTION_LOOKS } from "./status-text.ts";
import { renderTree } from "./tree-view.ts";
import type { ProgressView } from "./view.ts";

/** Width of the tree at the end: what a CI log shows without wrapping. */
const TREE_COLUMNS = 100;

/** Lines for a file or a CI log: `[build] …` for what an action writes, one line per change of an action, the tree at the end. */
export function createPlainView(stream: OutputStream): ProgressView {
  const told = new Map<string, string>();

  const tell = (progress: RunProgress) => {
    for (const [at, stage] of progress.stages.entries()) {
      for (const action of stage) {
        const line = statusLine(action, at);
        const state = `${action.status} ${action.attempts}`;
        if (line === undefined || told.get(action.key) === state) continue;
        told.set(action.key, state);
        stream.write(`${line}\n`);
      }
    }
  };
  return {
    update: tell,
    logLine: (action, text) => stream.write(`[${action.alias}] ${singleLine(text)}\n`),
    notice: (text) => stream.write(`${text}\n`),
    finish: (progress) => {
      tell(progress);
      // The whole run at a glance, below lines of actions that ran at the same time.
      const tree = renderTree(progress, {
        now: progress.endedAt ?? progress.startedAt,
        frame: 0,
        columns: TREE_COLUMNS,
        rows: Number.POSITIVE_INFINITY,
        paint: plainPaint,
      });
      stream.write(`\n${tree.map((line) => `${line}\n`).join("")}`);
    },
    close: () => {
      // Lines need no giving back.
    },
  };
}

/** Undefined for what is not worth a line: not begun, or queued for the moment before it runs. */
function statusLine(action: ActionProgress, stage: number): string | undefined {
  const { status } = action;
  if (status === "pending" || status === "queued" || status === "disabled") return undefined;
  const look = ACTION_LOOKS[status];
  if (status === "running") {
    const attempt = action.attempts > 1 ? `, try ${action.attempts}` : "";
    return `${look.sign} ${action.alias} (${action.type}, stage ${stage + 1}${attempt})`;
  }
  const time =
    hasEnded(status) && action.startedAt !== undefined && action.endedAt !== undefined
      ? ` after ${formatDuration(action.endedAt - action.startedAt)}`
      : "";
  const reason = action.reason === undefined ? "" : `: ${action.reason}`;
  return `${look.sign} ${action.alias} ${look.words}${time}${reason}`;
}
