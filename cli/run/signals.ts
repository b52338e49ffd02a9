import type { EndingSignal } from "../exit-code.ts";
import type { Io } from "../io.ts";
import type { ProgressView } from "./view.ts";

/** The signals that came while a run goes on: the first cancels it, the second kills it. */
export interface Signals {
  /** The first signal, once it has come. */
  seen(): EndingSignal | undefined;
  /** Resolves at the first signal. */
  readonly first: Promise<EndingSignal>;
  /** Resolves at the second one. */
  readonly second: Promise<undefined>;
  /** Gives the signals back to whoever had them. */
  stop(): void;
}

/** Begins to listen. The person is told at the first signal, before anything is done about it. */
export function watchSignals(io: Pick<Io, "onSignal">, view: ProgressView): Signals {
  const first = Promise.withResolvers<EndingSignal>();
  const second = Promise.withResolvers<undefined>();
  let seen: EndingSignal | undefined;
  const stop = io.onSignal((signal) => {
    if (seen === undefined) {
      seen = signal;
      view.notice("Cancelling: waiting for the actions to end. Ctrl-C again kills them at once.");
      first.resolve(signal);
    } else second.resolve(undefined);
  });
  return { seen: () => seen, first: first.promise, second: second.promise, stop };
}
