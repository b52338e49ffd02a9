/**
 * What the `process` executor needs of the machine it runs on: agents as processes. `local/processes` implements it;
 * a test may pass its own. One attempt has one agent, and everything below it belongs to the attempt.
 */
export interface ProcessHost {
  /** Starts the agent of an attempt. Called again for the same attempt it starts nothing and answers the first one. */
  start(attemptId: string, environment: Readonly<Record<string, string>>): Promise<{ readonly pid: number }>;
  /** `undefined` when no agent was ever started for the attempt, or after `remove`. */
  find(attemptId: string): HostedProcess | undefined;
  /** Asks the agent to end (SIGTERM); nothing happens when it has ended. */
  terminate(attemptId: string): void;
  /** Ends the agent and everything that it has started, by force; resolves when the agent is gone. */
  kill(attemptId: string): Promise<void>;
  /** Kills the attempt and removes its directory, but not its log. */
  remove(attemptId: string): Promise<void>;
}

/** An agent as its host knows it. */
export interface HostedProcess {
  readonly pid: number;
  readonly running: boolean;
  /** Absent while it runs, and where the host was restarted meanwhile and cannot know. */
  readonly exitCode?: number;
}
