import { AGENT_ENVIRONMENT } from "./protocol.ts";

/** What the agent was started with. */
export interface AgentSettings {
  /** Base URL of `agent-api`. */
  readonly api: string;
  readonly attemptId: string;
  /** Exchanged once, at bootstrap, for the attempt's secret. */
  readonly nonce: string;
  /** Absolute path of the attempt's own directory. */
  readonly root: string;
  readonly runner: Runner;
}

/** The agent was started without what it needs. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** `process`: the scripts are children of the agent. `container`: they run in the container `main` on a shared volume. */
type Runner = "process" | "container";

/**
 * Reads the agent's settings and removes them from `environment`, so that nothing the agent starts inherits them.
 * Throws a `SettingsError` that names the missing or wrong variable.
 */
export function takeSettings(environment: NodeJS.ProcessEnv): AgentSettings {
  const take = (name: string): string | undefined => {
    const value = environment[name];
    delete environment[name];
    return value;
  };
  const required = (name: string, value: string | undefined): string => {
    if (value === undefined || value === "") {
      throw new SettingsError(`The environment variable ${name} is not set.`);
    }
    return value;
  };
  const taken = {
    api: take(AGENT_ENVIRONMENT.api),
    attemptId: take(AGENT_ENVIRONMENT.attempt),
    nonce: take(AGENT_ENVIRONMENT.nonce),
    root: take(AGENT_ENVIRONMENT.root),
    runner: take(AGENT_ENVIRONMENT.runner) ?? "process",
  };
  const { runner } = taken;
  if (runner !== "process" && runner !== "container") {
    throw new SettingsError(`${AGENT_ENVIRONMENT.runner} is "${runner}"; it must be "process" or "container".`);
  }
  return {
    api: required(AGENT_ENVIRONMENT.api, taken.api),
    attemptId: required(AGENT_ENVIRONMENT.attempt, taken.attemptId),
    nonce: required(AGENT_ENVIRONMENT.nonce, taken.nonce),
    root: required(AGENT_ENVIRONMENT.root, taken.root),
    runner,
  };
}
