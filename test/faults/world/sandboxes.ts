import type { ActionExecutor } from "../../../actions/index.ts";
import { harness, type Invocation } from "../harness.ts";

/**
 * What an executor remembers lives in a sandbox, which serves one invocation at a time: the next one finds it warm,
 * unless it died.
 */
export class Sandboxes {
  readonly #create: () => ActionExecutor;
  readonly #idle: ActionExecutor[] = [];
  readonly #busy = new Map<Invocation, ActionExecutor>();

  constructor(create: () => ActionExecutor) {
    this.#create = create;
  }

  /** The executor in the sandbox of the invocation that asks. */
  executor(): ActionExecutor {
    const invocation = harness.current();
    if (invocation === undefined) throw new Error("Only functions have executors.");
    const executor = this.#busy.get(invocation) ?? this.#idle.pop() ?? this.#create();
    this.#busy.set(invocation, executor);
    return executor;
  }

  release(invocation: Invocation): void {
    const executor = this.#busy.get(invocation);
    this.#busy.delete(invocation);
    if (executor !== undefined && !invocation.isDead) this.#idle.push(executor);
  }
}
