/** Runs calls, at most so many at once; the others wait for their turn. */
export type Limit = <Value>(call: () => Promise<Value>) => Promise<Value>;

/** A limit of `atOnce` calls under way. */
export function createLimit(atOnce: number): Limit {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (call) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await call();
    } finally {
      // The turn goes to the next one, or nobody has it.
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
