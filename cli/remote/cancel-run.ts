import { cancelledRun } from "../api/answers.ts";
import type { ApiOptions } from "../api/api-options.ts";
import { connect } from "../api/connect.ts";
import type { Io } from "../io.ts";
import { printJson } from "../text/print-json.ts";

/** Cancels a run; it ends within seconds. */
export async function cancelRun(runId: string, options: ApiOptions, io: Io): Promise<void> {
  const answer = await connect(options, io).post(["runs", runId, "cancel"], cancelledRun, undefined);
  if (options.format === "json") printJson(io, answer);
  else if (answer.status === "cancelled") io.stdout.write(`${runId} was cancelled before.\n`);
  else io.stdout.write(`${runId} is being cancelled; its actions end within seconds.\n`);
}
