import { join } from "node:path";

/** Where an attempt lives below the state directory. */
export interface AttemptPaths {
  readonly runId: string;
  readonly actionKey: string;
  readonly attempt: number;
  /** The attempt's own directory: the agent's root. */
  readonly work: string;
  readonly log: string;
  /** What the host remembers of the agent across its own restarts. */
  readonly record: string;
}

/**
 * Takes `<runId>.<actionKey>.<n>` apart: keys and numbers hold no dot, so a run id may. Throws an `Error` for anything
 * that is no attempt id, above all for what could climb out of the state directory.
 */
export function attemptPaths(stateDirectory: string, attemptId: string): AttemptPaths {
  const match = /^([A-Za-z0-9_-][A-Za-z0-9._-]*)\.([A-Za-z0-9_-]+)\.(\d+)$/.exec(attemptId);
  const [, runId, actionKey, attempt] = match ?? [];
  if (runId === undefined || actionKey === undefined || attempt === undefined || attemptId.length > 255) {
    throw new Error(`"${attemptId}" is not an attempt id.`);
  }
  const run = join(stateDirectory, "runs", runId);
  const name = `${actionKey}.${attempt}`;
  return {
    runId,
    actionKey,
    attempt: Number(attempt),
    work: join(run, "work", name),
    log: join(run, "logs", `${name}.log`),
    record: join(run, "agents", `${name}.json`),
  };
}
