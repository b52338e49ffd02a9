import type { Paint } from "../text/color.ts";
import { formatDuration } from "../text/duration.ts";
import { cellWidth, cutCells, padCells } from "../text/width.ts";
import { type ActionProgress, hasEnded, type RunProgress } from "./progress.ts";
import { ACTION_LOOKS, painted, RUN_LOOKS } from "./status-text.ts";

const SPINNER = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"] as const;
/** Columns of an alias at most; a longer one is cut. */
const LONGEST_ALIAS = 40;

/** The moment, and the room that a frame has. */
export interface TreeOptions {
  /** Milliseconds since the epoch: the end of what still runs. */
  readonly now: number;
  /** Counts the redraws; moves the spinner. */
  readonly frame: number;
  readonly columns: number;
  /** Lines at most; stages that have ended or not begun are folded first. */
  readonly rows: number;
  readonly paint: Paint;
}

/** The tree of stages and actions of a run, one string per line. */
export function renderTree(progress: RunProgress, options: TreeOptions): readonly string[] {
  const aliasCells = Math.min(
    LONGEST_ALIAS,
    Math.max(0, ...progress.stages.flat().map((action) => cellWidth(action.alias))),
  );
  const typeCells = Math.max(0, ...progress.stages.flat().map((action) => cellWidth(action.type)));
  const draw = (action: ActionProgress) => actionLines(action, { aliasCells, typeCells }, options);
  const head = headLine(progress, options);
  const full = progress.stages.flatMap((stage, at) => [stageLine(stage, at, options), ...stage.flatMap(draw)]);
  if (full.length + 1 <= options.rows) return [head, ...full];
  const folded = progress.stages.flatMap((stage, at) => {
    const open = stage.some((action) => !hasEnded(action.status) && action.status !== "pending");
    return open ? [stageLine(stage, at, options), ...stage.flatMap(draw)] : [foldedStageLine(stage, at, options)];
  });
  if (folded.length + 1 <= options.rows) return [head, ...folded];
  const room = Math.max(0, options.rows - 2);
  return [head, ...folded.slice(0, room), options.paint("dim", `  … ${folded.length - room} more lines`)];
}

function headLine(progress: RunProgress, options: TreeOptions): string {
  const look = RUN_LOOKS[progress.status];
  const sign = progress.status === "running" ? spinner(options.frame) : look.sign;
  const time = formatDuration((progress.endedAt ?? options.now) - progress.startedAt);
  const name = cutCells(progress.pipeline, Math.max(10, options.columns - 60));
  return `${painted(options.paint, look, sign)} ${options.paint("bold", name)}  ${options.paint("dim", `run ${progress.runId}`)}  ${time}`;
}

function stageLine(_stage: readonly ActionProgress[], at: number, { paint }: TreeOptions): string {
  return paint("dim", `  stage ${at + 1}`);
}

function foldedStageLine(stage: readonly ActionProgress[], at: number, options: TreeOptions): string {
  const counts = new Map<ActionProgress["status"], number>();
  for (const { status } of stage) counts.set(status, (counts.get(status) ?? 0) + 1);
  const parts = [...counts].map(([status, count]) => {
    const look = ACTION_LOOKS[status];
    return painted(options.paint, look, `${look.sign} ${count} ${look.words}`);
  });
  return `${options.paint("dim", `  stage ${at + 1}`)}  ${parts.join("  ")}`;
}

function actionLines(
  action: ActionProgress,
  widths: { readonly aliasCells: number; readonly typeCells: number },
  options: TreeOptions,
): readonly string[] {
  const { paint, columns } = options;
  const look = ACTION_LOOKS[action.status];
  const sign = action.status === "running" ? spinner(options.frame) : look.sign;
  const alias = padCells(cutCells(action.alias, widths.aliasCells), widths.aliasCells);
  const type = padCells(action.type, widths.typeCells);
  const time = action.startedAt === undefined ? "" : formatDuration((action.endedAt ?? options.now) - action.startedAt);
  const note = noteOf(action);
  const line = `    ${painted(paint, look, sign)} ${alias}  ${paint("dim", type)}  ${time.padStart(7)}`;
  const room = columns - cellWidth(line) - 3;
  const shown = note === "" || room < 8 ? line.trimEnd() : `${line}  ${paint("dim", cutCells(note, room))}`;
  if (action.status !== "running" || action.lastLine === undefined || action.lastLine === "") return [shown];
  return [shown, paint("dim", `        ${cutCells(action.lastLine, Math.max(8, columns - 9))}`)];
}

function noteOf(action: ActionProgress): string {
  const tries = action.attempts > 1 ? `try ${action.attempts}` : "";
  return [tries, action.reason ?? ""].filter((part) => part !== "").join(", ");
}

function spinner(frame: number): string {
  return SPINNER[frame % SPINNER.length] ?? SPINNER[0];
}
