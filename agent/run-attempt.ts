import { createLateAnalyser } from "./analysis/late-analyser.ts";
import { bootstrap } from "./api-client.ts";
import { ApiRefusedError } from "./api-errors.ts";
import type { AgentHost, Attempt } from "./attempt.ts";
import { secretFileContents } from "./config-files.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { attemptLayout, removePrivateFiles } from "./layout.ts";
import { createAttemptLog } from "./log/forward.ts";
import { createMasker } from "./masking/mask.ts";
import { maskOutput } from "./masking/mask-output.ts";
import { createOutputCollector, type OutputCollector } from "./outputs/collector.ts";
import { createLiveOutputs, type LiveOutputs } from "./outputs/live.ts";
import { isMetaLine, parseMetaLine } from "./outputs/metadata.ts";
import { watchMetafile } from "./outputs/metafile.ts";
import { type AttemptResult, perform } from "./perform.ts";
import type { Assignment, BootstrapResponse, OutputEntry } from "./protocol.ts";
import type { AgentSettings } from "./settings.ts";
import { createStopSwitch } from "./stop-switch.ts";

/** Status of a call whose body is not acceptable. */
const BAD_REQUEST = 400;

/**
 * Runs one attempt from bootstrap to report. Answers true when its end was reported; false when the other side did not
 * want to hear of it any more or could not be reached. Rejects when the bootstrap itself is refused.
 */
export async function runAttempt(settings: AgentSettings, host: AgentHost): Promise<boolean> {
  const api = { api: settings.api, attemptId: settings.attemptId, fetch: host.fetch, ...host.pace };
  const { client, response } = await bootstrap(api, { nonce: settings.nonce });
  const assignment = await assignmentOf(response, host);
  const layout = attemptLayout(settings);
  const masker = createMasker([...assignment.secrets, ...secretFileContents(assignment.configFiles)]);
  const collector = createOutputCollector({
    onChange: () => live.changed(),
    onRefused: (message) => log.note(message),
  });
  const addOutput = createMaskedAdd(
    collector,
    (text) => log.mask(text),
    (message) => log.note(message),
  );
  const live = createLiveOutputs(client, collector, host.pace.outputBatchMilliseconds);
  const onLine = (line: string) => {
    const entry = parseMetaLine(line);
    if (entry !== undefined) {
      addOutput(entry);
    } else if (isMetaLine(line)) {
      log.note('The next line is not of the form "action meta: key=value" and puts nothing out.');
    }
  };
  const analyser = createLateAnalyser();
  const log = createAttemptLog({ output: host.output, masker, onLine, follow: analyser.follow });
  const stop = createStopSwitch();
  const heartbeat = startHeartbeat(client, assignment.heartbeatSeconds, {
    onCancel: () => stop.ask({ kind: "cancelled", message: "The run is being cancelled." }),
    onLost: (error) => stop.ask({ kind: "abandoned", message: error.message }),
  });
  host.onTerminate(() => stop.ask({ kind: "cancelled", message: "The agent was asked to end (SIGTERM)." }));
  const attempt: Attempt = { settings, host, client, assignment, layout, log, analyser, stop, heartbeat };
  try {
    const performed = perform(attempt, (path) =>
      watchMetafile(path, addOutput, host.pace.metafilePollMilliseconds, log.note),
    );
    // Before the report: with the last action the run is over, and whoever started this agent may end it.
    const result = await performed.finally(() =>
      removePrivateFiles(layout).catch((error: Error) => log.note(`Files stay behind: ${error.message}`)),
    );
    return await report(attempt, live, result);
  } finally {
    heartbeat.stop();
  }
}

/** Most assignments stand in the answer itself. */
async function assignmentOf(response: BootstrapResponse, { fetch: send, pace }: AgentHost): Promise<Assignment> {
  if ("assignment" in response) {
    return response.assignment;
  }
  const { openAssignment } = await import("./open-assignment.ts");
  const { signal } = new AbortController();
  return openAssignment(response.sealed, { fetch: send, signal, unreachableSeconds: pace.unreachableSeconds });
}

/** Outputs reach the collector masked; the log says once per output that it is. */
function createMaskedAdd(
  collector: OutputCollector,
  mask: (text: string) => string,
  note: (message: string) => void,
): (entry: OutputEntry) => void {
  const noted = new Set<string>();
  return (entry) => {
    const masked = maskOutput(entry, mask);
    collector.add(masked);
    if (masked !== entry && !noted.has(masked.name)) {
      noted.add(masked.name);
      note(
        `The output "${masked.name}" holds a secret, which is masked in it. Refer to the secret where it is needed.`,
      );
    }
  };
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
  const end = () => ({ logTail: log.tail(), endedAt: new Date().toISOString() });
  try {
    await client.complete({ ...result, outputs, ...end() });
    return true;
  } catch (error) {
    if (!(error instanceof ApiRefusedError) || error.status !== BAD_REQUEST) {
      return false;
    }
    // Something that the scripts put out is not acceptable. Without it, the end and the reason still are.
    log.note(error.message);
    const plain = { ...result, end: "failedToStore", message: log.mask(error.message), directories: [] } as const;
    return await client.complete({ ...plain, outputs: [], ...end() }).then(
      () => true,
      () => false,
    );
  }
}
