import type { ActionView, RunView } from "../../functions/index.ts";
import { formatBytes } from "../text/bytes.ts";
import type { Paint } from "../text/color.ts";
import { formatDuration } from "../text/duration.ts";
import { cutCells, singleLine } from "../text/width.ts";
import { adviceFor } from "./advice.ts";
import { ACTION_LOOKS, painted, RUN_LOOKS } from "./status-text.ts";
import { whyFailed } from "./why-failed.ts";

/** Lines of a failed action's log that the summary shows. */
const LOG_LINES = 12;
/** Characters of one output that the summary shows; `--format json` has all of them. */
const OUTPUT_CHARACTERS = 200;

/** What the summary needs beside the run. */
export interface SummaryOptions {
  readonly paint: Paint;
  readonly durationMs: number;
  /** `pipeline.yaml:12` of an action. */
  placeOf(actionKey: string): string;
  /** Path of the log of an action's last attempt, as a person would type it; absent where there is none. */
  logFileOf(action: ActionView): string | undefined;
  /** Names of the outputs that the pipeline declares. */
  readonly declaredOutputs: readonly string[];
  /** Path of a copy of a file that the action has left, as a person would type it; absent where there is none. */
  fileOf(actionKey: string, name: string): string | undefined;
}

/** What a person reads when a run has ended: the result, what failed and what to do, the outputs. */
export function renderSummary(run: RunView, options: SummaryOptions): string {
  const sections = [
    headline(run, options),
    ...failures(run, options),
    ...pipelineOutputs(run, options),
    ...actionOutputs(run),
    ...files(run, options),
  ];
  return `\n${sections.join("\n\n")}\n`;
}

function headline(run: RunView, { paint, durationMs }: SummaryOptions): string {
  const look = RUN_LOOKS[run.status];
  const counts = new Map<ActionView["status"], number>();
  for (const { status } of run.actions) counts.set(status, (counts.get(status) ?? 0) + 1);
  const parts = [...counts].map(([status, count]) => `${count} ${ACTION_LOOKS[status].words}`);
  const words = painted(paint, look, `${look.sign} ${run.name} ${look.words}`);
  return `${words} in ${formatDuration(durationMs)}: ${parts.length === 0 ? "no actions" : parts.join(", ")}.`;
}

function failures(run: RunView, options: SummaryOptions): readonly string[] {
  const failed = run.actions.filter(({ status }) => status === "failed" || status === "timedOut");
  if (failed.length > 0) return failed.map((action) => failure(action, options));
  if (run.status !== "failed" && run.status !== "timedOut") return [];
  // No action failed, so the machine itself ended: say what it says.
  const error = run.error === undefined ? "no error was recorded" : `${run.error.name}: ${run.error.cause}`;
  return [`The state machine ended without a failed action: ${singleLine(error)}`];
}

function failure(action: ActionView, options: SummaryOptions): string {
  const { paint } = options;
  const look = ACTION_LOOKS[action.status];
  const place = options.placeOf(action.key);
  const lines = [
    painted(paint, look, `${look.sign} ${singleLine(action.alias)} ${look.words}`) +
      paint("dim", `  ${action.type}, stage ${action.stage + 1}, ${place}`),
  ];
  const { error } = action;
  const exit = error?.exitCode === undefined ? "" : `exit code ${error.exitCode}`;
  const why = error === undefined ? "" : whyFailed(action.alias, error.message);
  if (why !== "" && why !== exit) lines.push(...why.split("\n").map((line) => `  ${singleLine(line)}`));
  const facts = [
    exit,
    action.attempts > 1 ? `${action.attempts} tries` : "",
    error === undefined ? "" : error.name,
  ].filter((fact) => fact !== "");
  if (facts.length > 0) lines.push(`  ${facts.join(", ")}`);
  const tail = (error?.logTail ?? []).slice(-LOG_LINES);
  if (error?.analysis !== undefined) lines.push(...analysisLines(error.analysis, tail, paint));
  if (tail.length > 0) {
    lines.push("  the last lines of its log:", ...tail.map((line) => `    ${paint("dim", "│")} ${singleLine(line)}`));
  }
  const logFile = options.logFileOf(action);
  if (logFile !== undefined) lines.push(`  log:  ${logFile}`);
  lines.push(`  help: ${adviceFor({ status: action.status, error, place, attempts: action.attempts })}`);
  return lines.join("\n");
}

/** The lines that matter are shown where the tail of the log does not show them anyway. */
function analysisLines(
  { summary, lines }: NonNullable<NonNullable<ActionView["error"]>["analysis"]>,
  tail: readonly string[],
  paint: Paint,
): readonly string[] {
  const why = `  why:  ${paint("bold", singleLine(summary))}`;
  const shown = new Set(tail.map(singleLine));
  const isInTail = lines.every((line) => shown.has(singleLine(line)));
  return isInTail ? [why] : [why, ...lines.map((line) => `    ${paint("dim", "│")} ${singleLine(line)}`)];
}

function files(run: RunView, { fileOf }: SummaryOptions): readonly string[] {
  const lines = run.actions.flatMap((action) =>
    (action.files ?? []).map(({ name, bytes, objectKey }) => {
      const place = fileOf(action.key, name) ?? objectKey;
      return `  ${singleLine(action.alias)}: ${singleLine(name)} (${formatBytes(bytes)})  ${singleLine(place)}`;
    }),
  );
  return lines.length === 0 ? [] : [["files", ...lines].join("\n")];
}

function pipelineOutputs(run: RunView, { declaredOutputs, paint }: SummaryOptions): readonly string[] {
  if (declaredOutputs.length === 0) return [];
  const lines = declaredOutputs.map((name) => {
    return Object.hasOwn(run.outputs, name)
      ? `  ${name} = ${outputText(run.outputs[name])}`
      : paint("dim", `  ${name} was not put out`);
  });
  return [["outputs", ...lines].join("\n")];
}

function actionOutputs(run: RunView): readonly string[] {
  const lines = run.actions.flatMap((action) =>
    Object.entries(action.outputs).map(
      ([name, value]) => `  ${singleLine(action.alias)}.${name} = ${outputText(value)}`,
    ),
  );
  return lines.length === 0 ? [] : [["outputs of actions", ...lines].join("\n")];
}

function outputText(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const lines = text.split("\n");
  const first = cutCells(singleLine(lines[0] ?? ""), OUTPUT_CHARACTERS);
  return lines.length > 1 ? `${first} … (${lines.length} lines)` : first;
}
