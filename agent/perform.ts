import type { Attempt } from "./attempt.ts";
import { writeConfigFiles } from "./config-files.ts";
import { passedOnEnvironment, scriptEnvironment } from "./environment.ts";
import { followScripts } from "./follow-scripts.ts";
import { makeDirectories } from "./layout.ts";
import type { CompleteRequest } from "./protocol.ts";
import { startAsProcess } from "./runner/process-runner.ts";
import type { RunningScripts } from "./runner/running-scripts.ts";
import { writeScripts } from "./scripts.ts";
import { storeFiles } from "./uploads/store-files.ts";

// What only some attempts need is loaded where it is needed: an agent starts for every attempt, and each module costs
// it most of a millisecond.

/** The report without what is only known when it is sent. */
export type AttemptResult = Omit<CompleteRequest, "logTail" | "outputs" | "endedAt">;

/** Prepares, runs the scripts and stores what they leave behind; never rejects because of the user's scripts or files. */
export async function perform(
  attempt: Attempt,
  watch: (metafile: string) => { finish(): Promise<void> },
): Promise<AttemptResult> {
  const { layout, stop, heartbeat, assignment, log } = attempt;
  const stopped = (): Pick<AttemptResult, "end" | "message"> | undefined =>
    stop.request && {
      end: stop.request.kind === "timedOut" ? "timedOut" : "cancelled",
      message: log.mask(stop.request.message),
    };
  const failed = (end: "failedToPrepare" | "failedToStore", error: unknown): Pick<AttemptResult, "end" | "message"> => {
    const message = error instanceof Error ? error.message : String(error);
    log.note(message);
    return { end, message: log.mask(message) };
  };
  let scripts: RunningScripts;
  try {
    scripts = await prepare(attempt);
  } catch (error) {
    return { directories: [], ...(stopped() ?? failed("failedToPrepare", error)) };
  }
  heartbeat.enter("running");
  const startedAt = new Date().toISOString();
  const metafile = watch(layout.metafile);
  const end = await followScripts(scripts, assignment, log, stop);
  await metafile.finish();
  if (end.neverBegun !== undefined && stop.request === undefined) {
    return { directories: [], ...failed("failedToPrepare", end.neverBegun) };
  }
  const { neverBegun: _, ...exit } = end;
  const exited = { ...exit, startedAt, directories: [] };
  if (stop.request !== undefined) {
    return { end: "exited", ...exited, ...stopped() };
  }
  heartbeat.enter("storing");
  const { fetch: send, pace } = attempt.host;
  const options = { client: attempt.client, fetch: send, signal: stop.signal, ...pace };
  const { files, problems } = await storeFiles(layout.uploads, { ...options, mask: log.mask });
  const left = { ...exited, ...(files.length > 0 && { files }) };
  if (end.exitCode !== 0) {
    problems.forEach(log.note);
    const analysis = await attempt.analyser.conclude(end);
    return { end: "exited", ...left, ...(analysis && { analysis }) };
  }
  try {
    if (problems.length > 0) {
      // A file that silently is not there would be worse than a failure.
      throw new Error(problems.join("\n"));
    }
    if (!assignment.directories.some(({ stored }) => stored)) {
      return { end: "exited", ...left };
    }
    const { storeDirectories } = await import("./archive/store.ts");
    return { end: "exited", ...left, directories: await storeDirectories(layout, assignment.directories, options) };
  } catch (error) {
    return { ...left, ...(stopped() ?? failed("failedToStore", error)) };
  }
}

/** Lays the attempt out and starts its scripts. */
async function prepare({ settings, host, client, layout, assignment, stop }: Attempt): Promise<RunningScripts> {
  const { signal } = stop;
  await makeDirectories(layout, assignment);
  if (assignment.restores.length > 0) {
    const { restoreDirectories } = await import("./archive/restore.ts");
    await restoreDirectories(layout, assignment.restores, { client, fetch: host.fetch, signal, ...host.pace });
  }
  await writeConfigFiles(layout, assignment.configFiles);
  const inherited = settings.runner === "process" ? passedOnEnvironment(host.environment) : {};
  const environment = scriptEnvironment(layout, assignment, inherited);
  const entry = await writeScripts(layout, assignment, environment);
  signal.throwIfAborted();
  if (settings.runner === "process") {
    return startAsProcess(layout, entry, environment);
  }
  const { startInContainer } = await import("./runner/container-runner.ts");
  const { mainContainerStopped } = await import("./runner/main-container.ts");
  const metadataUri = host.environment["ECS_CONTAINER_METADATA_URI_V4"];
  const over = new AbortController();
  const mainStopped = mainContainerStopped(
    metadataUri,
    host.fetch,
    host.pace.mainContainerPollMilliseconds,
    over.signal,
  ).catch(() => undefined);
  const scripts = await startInContainer(layout, mainStopped);
  void scripts.ended.finally(() => over.abort());
  return scripts;
}
