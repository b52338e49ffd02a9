import { isDeepStrictEqual } from "node:util";
import type { Outcome } from "./outcome.ts";

/** What a lane ran. */
export interface LaneRow {
  readonly pipeline: string;
  /** What executed the machine, and where the actions ran. */
  readonly engine: string;
  readonly outcome: Outcome;
  /** On the embedded runtime. */
  readonly expected: Outcome;
  readonly seconds: number;
}

/** Prints what a lane ran: the pipeline, the engine, the outcome, and whether it is that of the embedded runtime. */
export function printTable(title: string, rows: readonly LaneRow[]): void {
  const head = ["pipeline", "engine", "outcome", "actions", "outputs", "seconds"];
  const body = rows.map(({ pipeline, engine, outcome, expected, seconds }) => [
    pipeline,
    engine,
    outcome.status,
    count(outcome),
    isDeepStrictEqual(outcome, expected) ? "equal" : "DIFFERENT",
    seconds.toFixed(1),
  ]);
  const widths = head.map((name, column) => Math.max(name.length, ...body.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ");
  process.stdout.write(`\n${[title, line(head), ...body.map(line)].join("\n")}\n\n`);
}

/** `5 succeeded, 1 skipped` */
function count({ actions }: Outcome): string {
  const counts = new Map<string, number>();
  for (const { status } of actions) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, number]) => `${number} ${status}`).join(", ");
}
