import { bootstrap } from "./api-client.ts";
import type { AgentHost, Attempt } from "./attempt.ts";
import { secretFileContents } from "./config-files.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { attemptLayout, removePrivateFiles } from "./layout.ts";
import { createAttemptLog } from "./log/forward.ts";
import { createMasker } from "./masking/mask.ts";
import { createOutputCollector } from "./outputs/collector.ts";
import { createLiveOutputs, type LiveOutputs } from "./outputs/live.ts";
import { parseMetaLine } from "./outputs/metadata.ts";
import { watchMetafile } from "./outputs/metafile.ts";
import { type AttemptResult, perform } from "./perform.ts";
import type { AgentSettings } from "./settings.ts";
import { createStopSwitch } from "./stop-switch.ts";

/**
 * Runs one attempt from bootstrap to report. Answers true when its end was reported; false when the other side did not
 * want to hear of it any more or could not be reached. Rejects when the bootstrap itself is refused.
 */
export async function runAttempt(settings: AgentSettings, host: AgentHost): Promise<boolean> {
  const { unreachableSeconds } = host.pace;
  const api = { api: settings.api, attemptId: settings.attemptId, fetch: host.fetch, unreachableSeconds };
  const { client, response } = await bootstrap(api, { nonce: settings.nonce });
  const { assignment } = response;
  const layout = attemptLayout(settings);
  const masker = createMasker([...assignment.secrets, ...secretFileContents(assignment.configFiles)]);
  const collector = createOutputCollector({
    onChange: () => live.changed(),
    onRefused: (message) => log.note(message),
  });
  const live = createLiveOutputs(client, collector, host.pace.outputBatchMilliseconds);
  const onLine = (line: string) => {
    const entry = parseMetaLine(line);
    if (entry !== undefined) {
      collector.add(entry);
    }
  };
  const log = createAttemptLog({ output: host.output, masker, onLine });
  const stop = createStopSwitch();
  const heartbeat = startHeartbeat(client, assignment.heartbeatSeconds, {
    onCancel: () => stop.ask({ kind: "cancelled", message: "The run is being cancelled." }),
    onLost: (error) => stop.ask({ kind: "abandoned", message: error.message }),
  });
  host.onTerminate(() => stop.ask({ kind: "cancelled", message: "The agent was asked to end (SIGTERM)." }));
  const attempt: Attempt = { settings, host, client, assignment, layout, log, stop, heartbeat };
  try {
    const result = await perform(attempt, (path) =>
      watchMetafile(path, collector, host.pace.metafilePollMilliseconds, log.note),
    );
    return await report(attempt, live, result);
  } finally {
    heartbeat.stop();
    await removePrivateFiles(layout);
  }
}

/** Tells the other side how the attempt ended; answers whether it took the report. */
async function report(
  { stop, heartbeat, client, log }: Attempt,
  live: LiveOutputs,
  result: AttemptResult,
): Promise<boolean> {
  heartbeat.stop();
  const outputs = await live.finish();
  if (stop.request?.kind === "abandoned") {
    return false;
  }
  try {
    await client.complete({ ...result, outputs, logTail: log.tail(), endedAt: new Date().toISOString() });
    return true;
  } catch {
    return false;
  }
}
