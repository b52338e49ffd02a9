/** Does several things at a time, and no more. */
export interface Lane {
  /** Resolves when there was room for `task` and it has begun. Rejects with the first failure of any task. */
  add(task: () => Promise<void>): Promise<void>;
  /** Resolves when every task has ended; rejects with the first failure of any. */
  end(): Promise<void>;
}

/** At most `width` tasks at a time. After a failure no task is begun any more. */
export function createLane(width: number): Lane {
  const running = new Set<Promise<void>>();
  let failure: { readonly cause: unknown } | undefined;
  const throwFailure = () => {
    if (failure !== undefined) throw failure.cause;
  };
  return {
    async add(task) {
      while (running.size >= width) {
        await Promise.race(running);
      }
      throwFailure();
      const done: Promise<void> = task()
        .catch((cause: unknown) => {
          failure ??= { cause };
        })
        .finally(() => running.delete(done));
      running.add(done);
    },
    async end() {
      while (running.size > 0) {
        await Promise.race(running);
      }
      throwFailure();
    },
  };
}
