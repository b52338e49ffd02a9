import { afterAll, beforeAll, expect, test } from "vitest";
import type { PlanAction } from "../../../compiler/index.ts";
import { readRun } from "../../../functions/index.ts";
import { action, plan } from "../support/plans.ts";
import { type Database, Shop, startDatabase } from "../support/shop.ts";

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

/**
 * Counts every call that leaves the functions, and lets the function crash right after one of them: its answer does not
 * come back. (A crash before call n + 1 leaves the same world behind.)
 */
class Saboteur {
  calls = 0;
  broken = "";
  readonly #crashAfter: number;

  constructor(crashAfter: number) {
    this.#crashAfter = crashAfter;
  }

  async call<T>(name: string, work: () => Promise<T>): Promise<T> {
    const isHit = this.calls++ === this.#crashAfter;
    const result = await work();
    if (!isHit) return result;
    this.broken = name;
    throw fault();
  }

  watch(shop: Shop): void {
    for (const client of Object.values(shop.runtime.clients)) {
      const send = client.send.bind(client) as (command: object) => Promise<unknown>;
      const call = this.call.bind(this);
      Object.assign(client, { send: (command: object) => call(command.constructor.name, () => send(command)) });
    }
    for (const name of ["create", "start", "exist", "remove", "status"] as const) {
      const method = shop.executor[name].bind(shop.executor) as (attempt: never) => Promise<unknown>;
      Object.assign(shop.executor, { [name]: (attempt: never) => this.call(name, () => method(attempt)) });
    }
  }
}

const fault = () => Object.assign(new Error("the connection was reset"), { code: "ECONNRESET" });

/** Plays Step Functions, the agent and the clock until the Task has its answer; each repeats what failed, as they do. */
class World {
  readonly #shop: Shop;
  readonly #saboteur: Saboteur;
  readonly #done = new Set<string>();
  readonly #exitCodes: number[];
  #token = "";
  #calls = 0;
  /** Attempts whose scripts ran. */
  readonly worked: string[] = [];
  /** How many calls there had been when the first attempt reported its end. */
  reportedAt = 0;
  /** The answer to a bootstrap was lost, so the agent could do nothing. */
  lostBootstraps = 0;

  constructor(shop: Shop, saboteur: Saboteur, exitCodes: number[]) {
    this.#shop = shop;
    this.#saboteur = saboteur;
    this.#exitCodes = exitCodes;
  }

  async play() {
    for (let step = 0; step < 30; step++) {
      const answer = this.#shop.answersTo(this.#token).at(-1);
      if (this.#token === "" || answer?.error === "Sluice.Retryable" || answer?.error?.startsWith("Sluice.Again")) {
        await this.#enter();
      } else if (answer !== undefined) {
        return answer;
      }
      const [attemptId] = this.#shop.executor.started.filter((id) => !this.#done.has(id));
      await (attemptId === undefined ? this.#wait() : this.#agent(attemptId));
    }
    throw new Error("The Task was never answered.");
  }

  async #enter(): Promise<void> {
    this.#shop.states.deadTokens.set(this.#token, "TaskTimedOut");
    this.#token = `token-${++this.#calls}`;
    try {
      await this.#shop.enter("build", this.#token);
    } catch (error) {
      expect(error).toMatchObject({ name: "Sluice.Retryable" });
      this.#shop.states.deadTokens.set(this.#token, "TaskTimedOut");
      this.#token = "";
    }
  }

  async #wait(): Promise<void> {
    this.#shop.advance(200);
    await this.#shop.sweep();
  }

  async #agent(attemptId: string): Promise<void> {
    this.#done.add(attemptId);
    const isOn = (await this.#repeat(() => this.#shop.bootstrap(attemptId))) === 200;
    if (!isOn) {
      this.lostBootstraps++;
      return;
    }
    await this.#repeat(() => this.#shop.agent(attemptId, "heartbeat", { phase: "running" }));
    this.worked.push(attemptId);
    const entries = [{ name: "version", value: attemptId }];
    await this.#repeat(() => this.#shop.agent(attemptId, "outputs", { entries }));
    this.reportedAt ||= this.#saboteur.calls;
    const exitCode = this.#exitCodes.shift() ?? 0;
    const startedAt = new Date(this.#shop.now).toISOString();
    await this.#repeat(() => this.#shop.complete(attemptId, { exitCode, startedAt, outputs: entries }));
  }

  async #repeat(call: () => Promise<{ status: number }>): Promise<number> {
    let { status } = await call();
    for (let tries = 0; status >= 500 && tries < 3; tries++) status = (await call()).status;
    return status;
  }
}

async function play(crashAfter: number, rest: Partial<PlanAction>, exitCodes: number[]) {
  const own = { ...database, client: Object.create(database.client) } as Database;
  const shop = await Shop.open(own, plan([action("build", 0, rest)]));
  const saboteur = new Saboteur(crashAfter);
  saboteur.watch(shop);
  const world = new World(shop, saboteur, [...exitCodes]);
  const answer = await world.play();
  return { shop, saboteur, world, answer };
}

const NEVER = -1;
const LOOP = { break: undefined, strategy: { maxTimes: 3, ratio: 1, limitSeconds: 2, intervalSeconds: 2 } };

test.each([
  ["an action", {}, [0], 1],
  ["an action in a loop of two iterations", { loop: LOOP }, [1, 0], 2],
] as const)(
  "%s ends well and does its work once, wherever a function crashes",
  {
    timeout: 120_000,
  },
  async (_, rest, exitCodes, works) => {
    const { saboteur, world } = await play(NEVER, rest, [...exitCodes]);
    expect(saboteur.calls).toBeGreaterThan(20);
    // What the loop adds begins with the report of its first iteration.
    const first = works === 1 ? 0 : world.reportedAt;
    const crashes = Array.from({ length: saboteur.calls - first }, (_, index) => first + index);
    // A few at a time: each has a table of its own and mostly waits for it.
    for (let start = 0; start < crashes.length; start += 6) {
      const some = crashes.slice(start, start + 6);
      await Promise.all(some.map((crashAfter) => endsWell(crashAfter, rest, [...exitCodes], works)));
    }
  },
);

async function endsWell(
  crashAfter: number,
  rest: Partial<PlanAction>,
  exitCodes: number[],
  works: number,
): Promise<void> {
  const { shop, saboteur, world, answer } = await play(crashAfter, rest, exitCodes);
  const place = `after call ${crashAfter} (${saboteur.broken})`;
  expect(new Set(world.worked).size, `${place}: work done twice`).toBe(world.worked.length);
  // The first sweep ends what is left, the second sees that it is gone.
  for (let sweeps = 0; sweeps < 2; sweeps++) {
    shop.advance(400);
    await shop.sweep();
  }
  const living = (await shop.items()).filter((item) => item["living"] !== undefined && item["sk"] !== "run");
  expect(living, place).toEqual([]);
  if (world.lostBootstraps > 0) {
    // The nonce is used up and nobody has the secret. It cannot be told from a loss while the scripts ran, so it counts
    // as a failed try: the loop goes on, without a loop the action fails.
    expect(answer.kind, place).toBe(rest.loop === undefined ? "failure" : "success");
    return;
  }
  expect(answer, place).toMatchObject({ kind: "success", output: { status: "succeeded" } });
  expect(world.worked, place).toHaveLength(works);
  expect(await shop.action("build"), place).toMatchObject({ status: "succeeded", iteration: works });
  const view = await readRun(shop.runtime, shop.runId);
  expect(view.actions[0]?.outputs, place).toEqual({ version: world.worked.at(-1) });
}
