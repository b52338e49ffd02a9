/** Why the attempt must end before its scripts do. */
interface StopRequest {
  /** `abandoned`: the other side does not want the attempt any more or cannot be reached; nothing is reported. */
  readonly kind: "cancelled" | "timedOut" | "abandoned";
  readonly message: string;
}

/** Where everyone who may end the attempt early says so, and everyone who must react listens. */
export interface StopSwitch {
  /** The first request, or the one that abandons the attempt. */
  readonly request: StopRequest | undefined;
  /** Aborted with the first request. */
  readonly signal: AbortSignal;
  ask(request: StopRequest): void;
  /** Calls `listener` for a request that stands already and for each that follows; answers how to stop listening. */
  onRequest(listener: (request: StopRequest) => void): () => void;
}

/** A switch that nobody has used yet. */
export function createStopSwitch(): StopSwitch {
  const abort = new AbortController();
  const listeners = new Set<(request: StopRequest) => void>();
  let current: StopRequest | undefined;
  return {
    get request() {
      return current;
    },
    signal: abort.signal,
    ask(request) {
      if (current === undefined || (request.kind === "abandoned" && current.kind !== "abandoned")) {
        current = request;
        abort.abort(new Error(request.message));
        for (const listener of listeners) {
          listener(request);
        }
      }
    },
    onRequest(listener) {
      listeners.add(listener);
      if (current !== undefined) {
        listener(current);
      }
      return () => listeners.delete(listener);
    },
  };
}
