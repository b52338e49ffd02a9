import { hasRunEnded, type RunView } from "../../functions/index.ts";
import { type LogPage, logPage, run as runSchema } from "../api/answers.ts";
import type { ApiClient } from "../api/api-client.ts";
import type { ApiOptions } from "../api/api-options.ts";
import { connect } from "../api/connect.ts";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { hasEnded } from "../run/progress.ts";
import { printJson } from "../text/print-json.ts";
import { singleLine } from "../text/width.ts";
import { UsageError } from "../usage-error.ts";
import { findAction } from "./find-action.ts";

/** Flags of `sluice logs`. */
export interface LogsOptions extends ApiOptions {
  readonly follow: boolean;
  readonly attempt?: string;
}

/** How often a log that is followed is asked for. */
const POLL = { localMs: 200, remoteMs: 1_500 } as const;
/** Lines of one answer. */
const PAGE_LINES = "2000";

/** An action whose log is read: where reading goes on. */
interface Reader {
  readonly key: string;
  readonly alias: string;
  attempt: number;
  after: string | undefined;
  isComplete: boolean;
}

/**
 * Prints the log of an action, or of all actions of a run, each line with its action in front. With `--follow` it goes
 * on, also through later attempts, until what is read has ended. Answers the exit code.
 */
export async function printLogs(
  runId: string,
  name: string | undefined,
  options: LogsOptions,
  io: Io,
): Promise<number> {
  const client = connect(options, io);
  const print = linePrinter(options, name === undefined, io);
  const readers = new Map<string, Reader>();
  for (;;) {
    // The run is read before its logs: what it calls ended has written everything.
    const run = await client.get(["runs", runId], runSchema);
    for (const action of name === undefined ? run.actions : [findAction(run, name)]) {
      const reader = readers.get(action.key) ?? newReader(action, options);
      readers.set(action.key, reader);
      await readOn(client, runId, reader, action.attempts, options, print);
    }
    const isDone = [...readers.values()].every((reader) => isFinished(run, reader, options));
    if (!options.follow || isDone) return EXIT.ok;
    await io.clock.wait(client.endpoint.isLocal ? POLL.localMs : POLL.remoteMs);
  }
}

/** Reading begins with the latest attempt, or with the one that was asked for. */
function newReader({ key, alias, attempts }: RunView["actions"][number], { attempt }: LogsOptions): Reader {
  if (attempt !== undefined && !/^[1-9]\d{0,5}$/.test(attempt)) {
    throw new UsageError(`--attempt ${attempt} is no number of an attempt.`, "Attempts are counted from 1.");
  }
  return {
    key,
    alias,
    attempt: attempt === undefined ? attempts : Number(attempt),
    after: undefined,
    isComplete: false,
  };
}

async function readOn(
  client: ApiClient,
  runId: string,
  reader: Reader,
  attempts: number,
  { follow, attempt: only }: LogsOptions,
  print: (reader: Reader, line: LogPage["lines"][number]) => void,
): Promise<void> {
  // A log that was not begun when the command was.
  if (reader.attempt === 0 && attempts > 0) reader.attempt = 1;
  while (reader.attempt > 0) {
    const page = await client.get(["runs", runId, "actions", reader.key, "log"], logPage, {
      attempt: String(reader.attempt),
      after: reader.after,
      limit: PAGE_LINES,
    });
    for (const line of page.lines) print(reader, line);
    const isAtEnd = page.lines.length === 0 && page.next === reader.after;
    reader.after = page.next;
    reader.isComplete = page.complete;
    if (page.complete && follow && only === undefined && reader.attempt < attempts) {
      reader.attempt += 1;
      reader.after = undefined;
      reader.isComplete = false;
    } else if (page.complete || isAtEnd) return;
  }
}

/** Nothing more is to come of it. */
function isFinished(run: RunView, { key, attempt, isComplete }: Reader, { attempt: only }: LogsOptions): boolean {
  if (only !== undefined) return isComplete;
  const action = run.actions.find((other) => other.key === key);
  const isOver = hasRunEnded(run.status) || (action !== undefined && hasEnded(action.status));
  return isOver && (attempt === 0 || (isComplete && attempt >= (action?.attempts ?? 0)));
}

/** Text without control characters: what an action writes is somebody else's, and a terminal would obey it. */
function linePrinter(
  { format }: LogsOptions,
  isOfAll: boolean,
  io: Io,
): (reader: Reader, line: LogPage["lines"][number]) => void {
  if (format === "json") {
    return ({ key: action, attempt }, line) => printJson(io, { action, attempt, ...line });
  }
  return ({ alias }, { text }) => io.stdout.write(`${isOfAll ? `[${singleLine(alias)}] ` : ""}${singleLine(text)}\n`);
}
