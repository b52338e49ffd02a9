import { type RunList, runList } from "../api/answers.ts";
import type { ApiOptions } from "../api/api-options.ts";
import { connect } from "../api/connect.ts";
import type { Io } from "../io.ts";
import { painted, RUN_LOOKS } from "../run/status-text.ts";
import { type Paint, paintFor } from "../text/color.ts";
import { formatDuration } from "../text/duration.ts";
import { printJson } from "../text/print-json.ts";
import { cellWidth, cutCells, padCells, singleLine } from "../text/width.ts";

/** Flags of `sluice runs`. */
export interface ListOptions extends ApiOptions {
  readonly pipeline?: string;
  readonly status: readonly string[];
  readonly limit?: string;
  readonly after?: string;
}

/** Columns of a pipeline's name at most. */
const LONGEST_NAME = 40;

/** Prints runs, the newest first. */
export async function listRuns(options: ListOptions, io: Io): Promise<void> {
  const list = await connect(options, io).get(["runs"], runList, {
    pipeline: options.pipeline,
    status: options.status.length === 0 ? undefined : options.status.join(","),
    limit: options.limit,
    after: options.after,
  });
  if (options.format === "json") {
    printJson(io, list);
    return;
  }
  io.stdout.write(runsText(list.runs, paintFor(io.stdout, io.env), io.clock.now()));
  if (list.runs.length === 0) io.stderr.write("No runs. Submit one with: sluice submit FILE\n");
  if (list.next !== undefined) io.stderr.write(`There are more: --after ${list.next}\n`);
}

/** One line for each run. */
function runsText(runs: RunList["runs"], paint: Paint, now: number): string {
  const rows = runs.map((run) => {
    const look = RUN_LOOKS[run.status];
    const end = run.endedAt === undefined ? now : Date.parse(run.endedAt);
    return {
      runId: run.runId,
      status: `${look.sign} ${look.words}`,
      paintStatus: (text: string) => painted(paint, look, text),
      name: cutCells(singleLine(run.name), LONGEST_NAME),
      created: run.createdAt.slice(0, 19).replace("T", " "),
      time: formatDuration(end - Date.parse(run.startedAt ?? run.createdAt)),
    };
  });
  const widest = (cell: (row: (typeof rows)[number]) => string) =>
    Math.max(0, ...rows.map((row) => cellWidth(cell(row))));
  const widths = {
    runId: widest(({ runId }) => runId),
    status: widest(({ status }) => status),
    name: widest(({ name }) => name),
  };
  return rows
    .map((row) => {
      const status = row.paintStatus(padCells(row.status, widths.status));
      const cells = [padCells(row.runId, widths.runId), status, padCells(row.name, widths.name), row.created, row.time];
      return `${cells.join("  ")}\n`;
    })
    .join("");
}
