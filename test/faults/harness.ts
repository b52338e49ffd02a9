import { AsyncLocalStorage } from "node:async_hooks";
import type { AwaitSite } from "./instrument/wrap-awaits.ts";

/** On which side of an `await`. */
export type Side = "before" | "after";

/** One call of a function, from its event to its answer. Once it has crashed nothing of it goes on. */
export class Invocation {
  readonly name: string;
  /** Resolves when the sandbox dies. */
  readonly crashed: Promise<void>;
  isDead = false;
  readonly #onPass: (site: number, side: Side, invocation: Invocation) => void;
  #die: () => void = () => {};

  constructor(name: string, onPass: (site: number, side: Side, invocation: Invocation) => void) {
    this.name = name;
    this.#onPass = onPass;
    this.crashed = new Promise((resolve) => {
      this.#die = resolve;
    });
  }

  crash(): void {
    this.isDead = true;
    this.#die();
  }

  /** Passes a point, or never returns from it: a process that is gone runs neither `catch` nor `finally`. */
  async pass(site: number, side: Side): Promise<void> {
    if (!this.isDead) this.#onPass(site, side, this);
    if (this.isDead) await new Promise<never>(() => {});
  }
}

const current = new AsyncLocalStorage<Invocation>();

/** What instrumented code calls, and how a world runs it. */
export const harness = {
  /** Every `await` of the code under test that is loaded, by its number. */
  sites: [] as AwaitSite[],

  register(site: AwaitSite): number {
    return this.sites.push(site) - 1;
  },

  async at<Value>(site: number, work: () => Promise<Value>): Promise<Value> {
    const invocation = current.getStore();
    if (invocation === undefined) return work();
    await invocation.pass(site, "before");
    try {
      return await work();
    } finally {
      await invocation.pass(site, "after");
    }
  },

  async *iterate<Value>(site: number, values: AsyncIterable<Value>): AsyncIterable<Value> {
    const invocation = current.getStore();
    for await (const value of values) {
      await invocation?.pass(site, "after");
      yield value;
    }
  },

  /** Runs a function's code as one invocation; what it awaits, however deep, belongs to it. */
  run<Value>(invocation: Invocation, work: () => Promise<Value>): Promise<Value> {
    return current.run(invocation, work);
  },

  /** The invocation that the calling code belongs to. */
  current: (): Invocation | undefined => current.getStore(),
};
