import type { ActionExecutor, AttemptReference, AttemptStatus } from "../executor.ts";
import { PROCESS_KIND } from "./contract.ts";
import type { ProcessHost } from "./process-host.ts";

/** What a process executor is made of. */
export interface ProcessExecutorOptions {
  /** Name of the configured instance. */
  readonly name: string;
  readonly host: ProcessHost;
  /** Calls back once after some time and answers how to call it off. Default: `setTimeout`, which keeps no process alive. */
  readonly schedule?: (seconds: number, callback: () => void) => () => void;
}

/** Longest delay in milliseconds that `setTimeout` takes: about 24.8 days. A longer deadline is left to the sweep. */
const LONGEST_TIMER_MILLISECONDS = 2_147_483_647;

/** Runs attempts as processes of the machine that `host` stands for. */
export function createProcessExecutor({
  name,
  host,
  schedule = scheduleUnref,
}: ProcessExecutorOptions): ActionExecutor {
  const deadlines = new Map<string, () => void>();
  const setDeadline = (attemptId: string, seconds: number): void => {
    deadlines.get(attemptId)?.();
    deadlines.set(
      attemptId,
      schedule(seconds, () => {
        deadlines.delete(attemptId);
        // A host that cannot kill leaves the attempt to the sweep, which looks at its deadline too.
        host.kill(attemptId).catch(() => undefined);
      }),
    );
  };
  const clearDeadline = (attemptId: string): void => {
    deadlines.get(attemptId)?.();
    deadlines.delete(attemptId);
  };

  return {
    kind: PROCESS_KIND.kind,
    name,
    async exist({ attemptId }) {
      const found = host.find(attemptId);
      return found === undefined
        ? { created: false, started: false }
        : { created: true, started: true, handle: String(found.pid) };
    },
    // The host makes the directory when it starts the agent: there is nothing to prepare.
    async create() {},
    async start({ attemptId, agentEnvironment, deadlineSeconds }) {
      const started = host.find(attemptId);
      const { pid } = await host.start(attemptId, agentEnvironment);
      if (started === undefined) {
        setDeadline(attemptId, deadlineSeconds);
      }
      return String(pid);
    },
    async update({ attemptId }, { deadlineSeconds }) {
      if (deadlineSeconds !== undefined && host.find(attemptId)?.running) {
        setDeadline(attemptId, deadlineSeconds);
      }
    },
    status: async (attempt) => status(host, attempt),
    async inspect({ attemptId }) {
      const found = host.find(attemptId);
      if (found === undefined) {
        return `No process was started for attempt ${attemptId}.`;
      }
      const state = found.running ? "running" : `ended, exit code ${found.exitCode ?? "unknown"}`;
      return `Process ${found.pid} of attempt ${attemptId}: ${state}.`;
    },
    async cancel({ attemptId }) {
      host.terminate(attemptId);
    },
    async remove({ attemptId }) {
      clearDeadline(attemptId);
      await host.remove(attemptId);
    },
  };
}

function status(host: ProcessHost, { attemptId }: AttemptReference): AttemptStatus {
  const found = host.find(attemptId);
  if (found === undefined) {
    return { phase: "unknown" };
  }
  if (found.running) {
    return { phase: "running" };
  }
  return found.exitCode === undefined ? { phase: "ended" } : { phase: "ended", exitCode: found.exitCode };
}

function scheduleUnref(seconds: number, callback: () => void): () => void {
  const milliseconds = seconds * 1000;
  if (milliseconds > LONGEST_TIMER_MILLISECONDS) {
    return () => undefined;
  }
  const timer = setTimeout(callback, milliseconds).unref();
  return () => clearTimeout(timer);
}
