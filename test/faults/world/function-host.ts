import { harness, Invocation, type Side } from "../harness.ts";
import type { VirtualClock } from "../virtual-clock.ts";

/** A handler, as `functions/<name>/handler.ts` makes it. */
export type Handler = (event: unknown, context: never) => Promise<unknown>;

/** What a synchronous invocation answers, as Lambda's `Invoke` does. */
export interface InvocationResult {
  readonly payload: string;
  readonly functionError?: string;
}

/** Lambda tries an asynchronous event again after one and after two minutes, then gives it up. */
const ASYNC_RETRY_SECONDS = [60, 120] as const;

/** Lambda in which sandboxes die. */
export class FunctionHost {
  readonly #clock: VirtualClock;
  readonly #onPass: (site: number, side: Side, invocation: Invocation) => void;
  readonly #onEnd: (invocation: Invocation) => void;
  readonly #handlers = new Map<string, Handler>();
  /** Invocations that run; dead ones do not. */
  running = 0;

  constructor(
    clock: VirtualClock,
    onPass: (site: number, side: Side, invocation: Invocation) => void,
    onEnd: (invocation: Invocation) => void,
  ) {
    this.#clock = clock;
    this.#onPass = onPass;
    this.#onEnd = onEnd;
  }

  register(name: string, handler: Handler): string {
    this.#handlers.set(name, handler);
    return `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
  }

  /** Runs work as an invocation; `undefined` where it crashed. What the work throws is thrown. */
  async run<Value>(name: string, work: () => Promise<Value>): Promise<{ readonly value: Value } | undefined> {
    const invocation = new Invocation(name, this.#onPass);
    this.running++;
    try {
      return await Promise.race([
        harness.run(invocation, work).then((value) => ({ value })),
        invocation.crashed.then(() => undefined),
      ]);
    } finally {
      this.running--;
      this.#onEnd(invocation);
    }
  }

  /** A crash is answered as Step Functions reports it: `Lambda.Unknown`. */
  async invoke(nameOrArn: string, payload: string): Promise<InvocationResult> {
    const name = nameOrArn.split(":").at(-1) ?? nameOrArn;
    const handler = this.#handlers.get(name);
    if (handler === undefined) throw new Error(`There is no function "${name}".`);
    try {
      const done = await this.run(name, () => handler(JSON.parse(payload), {} as never));
      if (done !== undefined) return { payload: JSON.stringify(done.value) ?? "null" };
      return failure("Lambda.Unknown", "The sandbox died.");
    } catch (error) {
      return error instanceof Error ? failure(error.name, error.message) : failure("Error", String(error));
    }
  }

  /** An asynchronous event. */
  invokeLater(nameOrArn: string, payload: string, tries = 0): void {
    void this.invoke(nameOrArn, payload).then(({ functionError }) => {
      const seconds = ASYNC_RETRY_SECONDS[tries];
      if (functionError !== undefined && seconds !== undefined) {
        this.#clock.schedule(seconds * 1000, () => this.invokeLater(nameOrArn, payload, tries + 1));
      }
    });
  }
}

function failure(errorType: string, errorMessage: string): InvocationResult {
  return { payload: JSON.stringify({ errorType, errorMessage, trace: [] }), functionError: "Unhandled" };
}
