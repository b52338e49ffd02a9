import type { Writable } from "node:stream";
import type { LateAnalyser } from "./analysis/late-analyser.ts";
import type { ApiClient } from "./api-client.ts";
import type { Heartbeat } from "./heartbeat.ts";
import type { Layout } from "./layout.ts";
import type { AttemptLog } from "./log/forward.ts";
import type { Assignment } from "./protocol.ts";
import type { AgentSettings } from "./settings.ts";
import type { StopSwitch } from "./stop-switch.ts";

/** What the agent takes from its surroundings; a test passes its own. */
export interface AgentHost {
  readonly fetch: typeof fetch;
  /** The agent's own environment, without its settings. */
  readonly environment: NodeJS.ProcessEnv;
  /** Where the masked log goes. */
  readonly output: Writable;
  /** Calls back when the agent itself is asked to end. */
  onTerminate(listener: () => void): void;
  readonly pace: AgentPace;
}

/** How often the agent looks and how long it waits; a test passes shorter times. */
export interface AgentPace {
  /** How long the API may be unreachable before the scripts are killed. */
  readonly unreachableSeconds: number;
  /** The same where every connection was refused: where the API is on this machine, nobody is there any more. */
  readonly refusedSeconds: number;
  /** How long changed outputs are collected before they are sent. */
  readonly outputBatchMilliseconds: number;
  readonly metafilePollMilliseconds: number;
  readonly mainContainerPollMilliseconds: number;
}

/** Step Functions counts a Task as lost 300 s after its last heartbeat at the earliest, so nobody waits longer. */
export const DEFAULT_PACE: AgentPace = {
  unreachableSeconds: 300,
  refusedSeconds: 300,
  outputBatchMilliseconds: 200,
  metafilePollMilliseconds: 200,
  mainContainerPollMilliseconds: 5000,
};

/**
 * Beside a host on this machine: one that was killed leaves a port that refuses connections. A host that is stopped
 * (Ctrl-Z, a debugger) still accepts them, and has the 300 s.
 */
export const PROCESS_PACE: AgentPace = { ...DEFAULT_PACE, refusedSeconds: 15 };

/** What the steps of an attempt share. */
export interface Attempt {
  readonly settings: AgentSettings;
  readonly host: AgentHost;
  readonly client: ApiClient;
  readonly assignment: Assignment;
  readonly layout: Layout;
  readonly log: AttemptLog;
  /** Has read along what `log` forwards. */
  readonly analyser: LateAnalyser;
  readonly stop: StopSwitch;
  readonly heartbeat: Heartbeat;
}
