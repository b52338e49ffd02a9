import { run as runSchema } from "../api/answers.ts";
import type { ApiOptions } from "../api/api-options.ts";
import { connect } from "../api/connect.ts";
import type { Io } from "../io.ts";
import { paintFor } from "../text/color.ts";
import { printJson } from "../text/print-json.ts";
import { runText } from "./run-text.ts";

/** Prints a run as it is now. */
export async function showRun(runId: string, options: ApiOptions, io: Io): Promise<void> {
  const run = await connect(options, io).get(["runs", runId], runSchema);
  if (options.format === "json") printJson(io, run);
  else io.stdout.write(runText(run, paintFor(io.stdout, io.env), io.clock.now()));
}
