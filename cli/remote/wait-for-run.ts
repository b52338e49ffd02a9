import { hasRunEnded, type RunView } from "../../functions/index.ts";
import { run as runSchema } from "../api/answers.ts";
import type { ApiClient } from "../api/api-client.ts";
import { type EndingSignal, EXIT, SIGNAL_EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { createLiveView } from "../run/live-view.ts";
import { createPlainView } from "../run/plain-view.ts";
import { paintFor } from "../text/color.ts";
import { printJson } from "../text/print-json.ts";
import { progressOf, summaryText } from "./run-text.ts";

/** How often a run is asked for. */
const POLL = { localMs: 200, remoteMs: 2_000 } as const;

/**
 * Shows a run until it has ended, and prints what came of it. A signal ends the waiting, not the run. Answers the exit
 * code.
 */
export async function waitForRun(
  client: ApiClient,
  runId: string,
  { format }: { readonly format: "text" | "json" },
  io: Io,
): Promise<number> {
  let signal: EndingSignal | undefined;
  const interrupted = Promise.withResolvers<undefined>();
  const stopListening = io.onSignal((received) => {
    signal ??= received;
    interrupted.resolve(undefined);
  });
  const paint = paintFor(io.stderr, io.env);
  const view = io.stderr.isTty ? createLiveView(io.stderr, io.clock, paint) : createPlainView(io.stderr);
  try {
    for (;;) {
      const run = await Promise.race([client.get(["runs", runId], runSchema), interrupted.promise]);
      if (run === undefined || signal !== undefined) break;
      if (hasRunEnded(run.status)) {
        view.finish(progressOf(run, io.clock.now()));
        printEnd(run, format, io);
        return run.status === "succeeded" ? EXIT.ok : EXIT.failed;
      }
      view.update(progressOf(run, io.clock.now()));
      const pause = io.clock.wait(client.endpoint.isLocal ? POLL.localMs : POLL.remoteMs);
      await Promise.race([pause, interrupted.promise]);
    }
    view.close();
    io.stderr.write(`The run goes on. Cancel it with: sluice cancel ${runId}\n`);
    return signal === undefined ? EXIT.ok : SIGNAL_EXIT[signal];
  } finally {
    stopListening();
    view.close();
  }
}

function printEnd(run: RunView, format: "text" | "json", io: Io): void {
  if (format === "json") printJson(io, run);
  else io.stdout.write(summaryText(run, paintFor(io.stdout, io.env)));
}
