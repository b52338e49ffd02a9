import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { HostedProcess, ProcessHost } from "../../actions/index.ts";
import { AGENT_ENVIRONMENT, AGENT_EXIT_CODES, isPassedOn } from "../../agent/protocol.ts";
import { agentProgram } from "./agent-program.ts";
import { isAgentRunning, readAgentRecord, writeAgentRecord } from "./agent-record.ts";
import { attemptPaths } from "./attempt-paths.ts";
import { followLog, type LogFollower } from "./log-follower.ts";
import { removeRemains, removeTree } from "./remains.ts";
import { sendSignal } from "./send-signal.ts";

/** A line of an attempt's masked log. */
export interface LogLine {
  readonly runId: string;
  readonly actionKey: string;
  readonly attempt: number;
  readonly text: string;
}

/** Where agents live and what they are started with. */
export interface LocalProcessesOptions {
  readonly stateDirectory: string;
  /** The host's environment, of which agents see the search path, language, time zone, proxies and certificates only. */
  readonly environment: NodeJS.ProcessEnv;
  readonly onLogLine?: (line: LogLine) => void;
  /** Called when an agent ended without having reported, and not because this host killed it. */
  readonly onLost?: (attemptId: string) => void;
  /** Program of the agent. Default: `agent/main` of this package. */
  readonly program?: string;
}

/** `ProcessHost` on this machine. */
export interface LocalProcesses extends ProcessHost {
  /** Hands on every log line that was written so far: to be called before a summary is printed. */
  flushLogs(): void;
  /** Kills every attempt that this host has started and that still runs. */
  stopAll(): Promise<void>;
}

interface Agent {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly follower: LogFollower | undefined;
}

/** How often a killed agent that another host had started is looked at until it is gone. */
const GONE_POLL_MILLISECONDS = 20;

/** Runs agents as processes of this machine, each as a process group of its own in a directory of its own. */
export function createLocalProcesses(options: LocalProcessesOptions): LocalProcesses {
  const agents = new Map<string, Agent>();
  const killed = new Set<string>();
  const paths = (attemptId: string) => attemptPaths(options.stateDirectory, attemptId);

  const start = async (attemptId: string, environment: Readonly<Record<string, string>>): Promise<{ pid: number }> => {
    const known = find(attemptId);
    if (known !== undefined) {
      return { pid: known.pid };
    }
    const { work, log, record, runId, actionKey, attempt } = paths(attemptId);
    for (const directory of [work, dirname(log)]) {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
    }
    const output = openSync(log, "a", 0o600);
    // The attempt id is an argument only so that the agent is recognised in a list of processes, by host and people.
    const child = spawn(process.execPath, [options.program ?? agentProgram(), attemptId], {
      cwd: work,
      detached: true,
      env: {
        ...Object.fromEntries(Object.entries(options.environment).filter(([name]) => isPassedOn(name))),
        NODE_COMPILE_CACHE: join(options.stateDirectory, "cache", "node"),
        ...environment,
        [AGENT_ENVIRONMENT.root]: work,
      },
      stdio: ["ignore", output, output],
    });
    closeSync(output);
    const { pid } = child;
    if (pid === undefined) {
      throw (await once(child, "error"))[0];
    }
    const { onLogLine } = options;
    const follower =
      onLogLine === undefined ? undefined : followLog(log, (text) => onLogLine({ runId, actionKey, attempt, text }));
    agents.set(attemptId, { child, pid, follower });
    child.once("exit", (code) => {
      removeRemains(work);
      follower?.stop();
      if (code !== AGENT_EXIT_CODES.reported && !killed.delete(attemptId)) {
        options.onLost?.(attemptId);
      }
    });
    writeAgentRecord(record, { attemptId, pid });
    return { pid };
  };

  const find = (attemptId: string): HostedProcess | undefined => {
    const child = agents.get(attemptId)?.child;
    if (child?.pid !== undefined) {
      const running = child.exitCode === null && child.signalCode === null;
      return { pid: child.pid, running, ...(child.exitCode === null ? {} : { exitCode: child.exitCode }) };
    }
    const record = readAgentRecord(paths(attemptId).record);
    return record && { pid: record.pid, running: isAgentRunning(record) };
  };

  const kill = async (attemptId: string): Promise<void> => {
    const hosted = find(attemptId);
    const child = agents.get(attemptId)?.child;
    if (hosted?.running) {
      killed.add(attemptId);
      const gone = child === undefined ? undefined : once(child, "exit");
      sendSignal(-hosted.pid, "SIGKILL");
      await gone;
      while (child === undefined && find(attemptId)?.running) {
        await new Promise((resolve) => setTimeout(resolve, GONE_POLL_MILLISECONDS));
      }
    }
    removeRemains(paths(attemptId).work);
  };

  return {
    start,
    find,
    kill,
    terminate(attemptId) {
      const hosted = find(attemptId);
      if (hosted?.running) {
        sendSignal(hosted.pid, "SIGTERM");
      }
    },
    async remove(attemptId) {
      await kill(attemptId);
      agents.get(attemptId)?.follower?.stop();
      agents.delete(attemptId);
      const { work, record } = paths(attemptId);
      removeTree(work);
      rmSync(record, { force: true });
    },
    flushLogs() {
      for (const { follower } of agents.values()) {
        follower?.catchUp();
      }
    },
    async stopAll() {
      await Promise.all([...agents.keys()].map(kill));
      for (const { follower } of agents.values()) {
        follower?.stop();
      }
    },
  };
}
