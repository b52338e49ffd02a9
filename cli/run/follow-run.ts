import { randomBytes } from "node:crypto";
import type { Compilation, CompileContext } from "../../compiler/index.ts";
import { type ActionView, newRunId, type RunView } from "../../functions/index.ts";
import { type Installation, type SavedFiles, startInstallation } from "../../local/index.ts";
import type { EndingSignal } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { readBusEvent } from "./bus-event.ts";
import { asUsageError } from "./cannot-run.ts";
import { createFollower } from "./follower.ts";
import type { RunInputs } from "./inputs.ts";
import { type Signals, watchSignals } from "./signals.ts";
import type { ProgressView } from "./view.ts";

/** What is run, with what, and who watches. */
export interface FollowOptions {
  readonly compilation: Compilation;
  readonly context: CompileContext;
  readonly inputs: RunInputs;
  readonly stateDirectory: string;
  /** Default: built from this package where it is needed. */
  readonly agentImage?: string;
  readonly view: ProgressView;
  readonly io: Pick<Io, "clock" | "onSignal">;
}

/** A run that the command has seen to its end, or to its own. */
export interface FollowedRun {
  /** Absent when the run was killed before its end was recorded. */
  readonly run: RunView | undefined;
  /** Milliseconds since the epoch, from the submission to the end. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** The first signal that came while the run went on. */
  readonly signal: EndingSignal | undefined;
  /** Absolute path of the log of the action's last attempt. */
  logFileOf(action: ActionView): string | undefined;
  /** Absolute path of a copy of a file that the action has left. */
  readonly fileOf: SavedFiles;
}

/**
 * Deploys the compilation on an installation of its own, submits one run and shows it until it has ended. Params,
 * configs, executors and a state directory that cannot be are a `UsageError`.
 */
export async function followRun(options: FollowOptions): Promise<FollowedRun> {
  try {
    return await deployAndFollow(options);
  } catch (error) {
    throw asUsageError(error) ?? error;
  }
}

async function deployAndFollow(options: FollowOptions): Promise<FollowedRun> {
  const { compilation, context, inputs, view, io } = options;
  const { clock } = io;
  const runId = newRunId({ clock, random: (bytes) => randomBytes(bytes) });
  const follower = createFollower(compilation, { runId, startedAt: clock.now() }, view);
  const signals = watchSignals(io, view);
  const installation = await startInstallation({
    stateDirectory: options.stateDirectory,
    executors: [...context.executors.values()],
    configs: inputs.configs,
    containers: {
      onNotice: (text) => view.notice(text),
      ...(options.agentImage !== undefined && { agentImage: options.agentImage }),
    },
    onLogLine: (line) => {
      if (line.runId === runId) follower.logLine(line, clock.now());
    },
  });
  const startedAt = clock.now();
  try {
    await installation.deploy(compilation);
    if (signals.seen() !== undefined) return killed(startedAt, clock.now(), signals.seen());
    installation.onEvent((event) => {
      const read = readBusEvent(event, runId);
      if (read !== undefined) follower.event(read);
    });
    await installation.submit({
      pipeline: compilation.plan.pipeline,
      params: inputs.params,
      envs: inputs.envs,
      runId,
    });
    follower.begin();
    const run = await Promise.race([endOfRun(installation, runId, signals), signals.second]);
    const endedAt = clock.now();
    if (run === undefined) return killed(startedAt, endedAt, signals.seen());
    follower.finish(run, endedAt);
    return {
      run: { ...run, outputs: inPlanOrder(run.outputs, compilation) },
      startedAt,
      endedAt,
      signal: signals.seen(),
      logFileOf: logFiles(installation, run),
      fileOf: await installation.saveFiles(run),
    };
  } finally {
    signals.stop();
    await installation.stop();
  }
}

/** Waits for the end. A run that is cancelled has ended when nothing of it is left, not when its record says so. */
async function endOfRun(installation: Installation, runId: string, signals: Signals): Promise<RunView> {
  const cancelled = signals.first.then(async () => {
    await installation.cancel(runId);
    return await installation.readRun(runId);
  });
  const ended = installation.waitForEnd(runId).then((run) => (signals.seen() === undefined ? run : cancelled));
  return await Promise.race([ended, cancelled]);
}

/** The table answers outputs by name; the author gave them an order. */
function inPlanOrder(outputs: RunView["outputs"], { plan }: Compilation): RunView["outputs"] {
  return Object.fromEntries(
    plan.outputs.flatMap(({ name }) => {
      const value = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function killed(startedAt: number, endedAt: number, signal: EndingSignal | undefined): FollowedRun {
  return { run: undefined, startedAt, endedAt, signal, logFileOf: () => undefined, fileOf: () => undefined };
}

function logFiles(installation: Installation, run: RunView): (action: ActionView) => string | undefined {
  return (action) => (action.attempts === 0 ? undefined : installation.logFile(run.runId, action.key, action.attempts));
}
