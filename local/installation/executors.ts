import { type ActionExecutor, createProcessExecutor, type ProcessHost } from "../../actions/index.ts";
import type { ExecutorDeclaration } from "../../compiler/index.ts";
import type { Clock } from "../clock.ts";

/** A declared executor cannot work on this machine. */
export class UnsupportedExecutorError extends Error {
  override readonly name = "UnsupportedExecutorError";
}

/** The executors of an installation. */
export interface LocalExecutors {
  /** Executors by name. */
  readonly byName: ReadonlyMap<string, ActionExecutor>;
  /** Forgets the deadlines of attempts that were not removed. */
  stop(): void;
}

/**
 * Makes the declared executors. `wait` has nothing to execute; of the others a laptop has `process`, and `ecs` where it
 * runs containers, and `eks` where it was told a way into the cluster.
 * @throws {UnsupportedExecutorError}
 */
export function createExecutors(
  declarations: readonly ExecutorDeclaration[],
  host: ProcessHost,
  clock: Clock,
  ecs?: (name: string) => ActionExecutor,
  eks?: (name: string) => ActionExecutor,
): LocalExecutors {
  const timers = new Set<() => void>();
  const schedule = (seconds: number, callback: () => void) => {
    const cancelTimer = clock.schedule(seconds * 1000, () => {
      timers.delete(cancel);
      callback();
    });
    const cancel = () => {
      timers.delete(cancel);
      cancelTimer();
    };
    timers.add(cancel);
    return cancel;
  };
  const byName = new Map<string, ActionExecutor>();
  for (const { name, kind } of declarations) {
    if (kind === "wait") continue;
    const make = kind === "ecs" ? ecs : kind === "eks" ? eks : undefined;
    if (make !== undefined) {
      byName.set(name, make(name));
      continue;
    }
    if (kind !== "process") {
      const remedy = `on this machine it can be mapped to processes: --executor ${name}=process`;
      throw new UnsupportedExecutorError(`Executor "${name}" is of kind "${kind}"; ${remedy}.`);
    }
    byName.set(name, createProcessExecutor({ name, host, schedule }));
  }
  return {
    byName,
    stop() {
      for (const cancel of timers) cancel();
    },
  };
}
