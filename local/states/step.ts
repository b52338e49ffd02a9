/**
 * Work on an execution that is synchronous unless an expression has to be waited for: it yields the promise. Nothing of
 * it outlives the event that it handles, so that between events an execution is nothing but data.
 */
export type Step<T> = Generator<Promise<void>, T, void>;

/** Waits for a promise inside a step; throws what the promise was rejected with. */
export function* settle<T>(promise: Promise<T>): Step<T> {
  const settled: { outcome?: { readonly value: T } | { readonly error: unknown } } = {};
  yield promise.then(
    (value) => {
      settled.outcome = { value };
    },
    (error: unknown) => {
      settled.outcome = { error };
    },
  );
  if (settled.outcome === undefined) throw new Error("A step was resumed before its promise was settled.");
  if ("error" in settled.outcome) throw settled.outcome.error;
  return settled.outcome.value;
}

/** Runs a step to its end; `whenDone` is called before this returns if nothing had to be waited for. */
export function runStep<T>(step: Step<T>, whenDone: (value: T) => void, whenFailed: (error: unknown) => void): void {
  const resume = () => {
    let turn: IteratorResult<Promise<void>, T>;
    try {
      turn = step.next();
    } catch (error) {
      whenFailed(error);
      return;
    }
    if (turn.done === true) whenDone(turn.value);
    else void turn.value.then(resume);
  };
  resume();
}
