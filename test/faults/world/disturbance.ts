import type { Fault, Profile } from "../fault.ts";
import type { Invocation, Side } from "../harness.ts";

/** The faults of one schedule: counts what happens, and says of each thing what goes wrong with it. */
export class Disturbance {
  /** Faults that took effect. */
  readonly fired = new Set<Fault>();
  /** Something happened that may cost an attempt or end the run: another outcome than the undisturbed one is right. */
  readonly excuses: string[] = [];
  /** Points passed: how often, by `site:side`. */
  readonly #passed = new Map<string, number>();
  readonly #faults: readonly Fault[];
  #calls = 0;
  #events = 0;
  #agentCalls = 0;
  #isOn = false;

  constructor(faults: readonly Fault[]) {
    this.#faults = faults;
  }

  /** From here on things are counted. */
  begin(): void {
    this.#isOn = true;
  }

  pass(site: number, side: Side, invocation: Invocation): void {
    if (!this.#isOn) return;
    const key = `${site}:${side}`;
    const occurrence = this.#passed.get(key) ?? 0;
    this.#passed.set(key, occurrence + 1);
    const fault = this.#faults.find(
      (one) => one.kind === "crash" && one.site === site && one.side === side && one.occurrence === occurrence,
    );
    if (fault === undefined) return;
    this.fired.add(fault);
    invocation.crash();
  }

  call() {
    return this.#isOn ? this.#take("call", this.#calls++)?.effect : undefined;
  }

  event() {
    return this.#isOn ? this.#take("event", this.#events++)?.effect : undefined;
  }

  agentCall() {
    return this.#isOn ? this.#take("agent", this.#agentCalls++)?.effect : undefined;
  }

  task(index: number) {
    const effect = this.#take("task", index)?.effect;
    if (effect !== undefined) this.excuses.push(`task ${effect}`);
    return effect;
  }

  /** When executions are to be stopped. */
  stops(): readonly (Fault & { readonly kind: "stop" })[] {
    return this.#faults.filter((fault) => fault.kind === "stop");
  }

  stopped(fault: Fault): void {
    this.fired.add(fault);
    this.excuses.push("stopped");
  }

  profile(tasks: number, seconds: number): Profile {
    const passed = new Map(this.#passed);
    return { passed, calls: this.#calls, events: this.#events, agentCalls: this.#agentCalls, tasks, seconds };
  }

  #take<Kind extends "call" | "event" | "agent" | "task">(kind: Kind, index: number) {
    const fault = this.#faults.find(
      (one): one is Extract<Fault, { readonly kind: Kind }> => one.kind === kind && one.index === index,
    );
    if (fault !== undefined) this.fired.add(fault);
    return fault;
  }
}
