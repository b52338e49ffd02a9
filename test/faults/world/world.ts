import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { StopExecutionCommand } from "@aws-sdk/client-sfn";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { type ActionExecutor, createEcsExecutor } from "../../../actions/index.ts";
import { hasRunEnded, type Runtime, SWEEP_INTERVAL_SECONDS, submitRun } from "../../../functions/index.ts";
import { FakeBucket, FakeParameters } from "../../functions/support/clients.ts";
import type { Fault, Profile } from "../fault.ts";
import { harness } from "../harness.ts";
import { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import { VirtualClock } from "../virtual-clock.ts";
import { type Aws, createAws, PLACE } from "./aws.ts";
import { Disturbance } from "./disturbance.ts";
import { FunctionHost } from "./function-host.ts";
import { CLUSTER, install } from "./install.ts";
import { Sandboxes } from "./sandboxes.ts";
import { type AgentWorld, startAgent } from "./simulated-agent.ts";
import { SimulatedEcs } from "./simulated-ecs.ts";
import { Witness } from "./witness.ts";

const NOON = Date.parse("2026-01-15T12:00:00Z");
const EXECUTOR = "build";
/** Longer than any deadline of the scenarios, one after the other. */
const LONGEST_PLAY_SECONDS = 4 * 3600;
/** After the run: what still runs has its stop timeout, and the sweep comes once a minute. */
const AFTERWARDS_SECONDS = 300;
/** Turns of the event loop without any activity after which only time can bring something new. */
const QUIET_TURNS = 4;
/** `delayed` is past every deadline. */
const EVENT_SECONDS = { reordered: 4, delayed: 2000, duplicated: 45 } as const;

/** A whole installation on a virtual clock: our engine, DynamoDB by dynalite, our functions, an ECS that loses hosts. */
export class World {
  readonly scenario: Scenario;
  readonly runId = "20260115-120000-faults";
  readonly executionArn: string;
  readonly runtime: Runtime;
  readonly ecs: SimulatedEcs;
  readonly disturbance: Disturbance;
  readonly witness = new Witness();
  readonly #clock = new VirtualClock(NOON);
  readonly #host: FunctionHost;
  readonly #aws: Aws;
  readonly #sandboxes = new Sandboxes(() => this.#createExecutor());
  #activity = 0;
  #inFlight = 0;

  static async open(scenario: Scenario, faults: readonly Fault[], seed: number): Promise<World> {
    const random = new Random(seed);
    const parts: { world?: World } = {};
    const world = () => {
      if (parts.world === undefined) throw new Error("The world is not open yet.");
      return parts.world;
    };
    const clock = new VirtualClock(NOON);
    const aws = await createAws({
      clock,
      random: (count) => bytesOf(random, count),
      invoke: (name, payload) => world().#host.invoke(name, payload),
      deliver: (arn, event) => world().#deliver(arn, event),
    });
    parts.world = new World(scenario, new Disturbance(faults), random, clock, aws);
    await install(parts.world.runtime, parts.world.#host, scenario.compilation);
    return parts.world;
  }

  private constructor(scenario: Scenario, disturbance: Disturbance, random: Random, clock: VirtualClock, aws: Aws) {
    const { region, accountId } = PLACE;
    this.scenario = scenario;
    this.disturbance = disturbance;
    this.#clock = clock;
    this.#aws = aws;
    this.executionArn = `arn:aws:states:${region}:${accountId}:execution:${scenario.compilation.machine.name}:${this.runId}`;
    this.#host = new FunctionHost(
      clock,
      (site, side, invocation) => {
        this.#activity++;
        disturbance.pass(site, side, invocation);
      },
      (invocation) => this.#sandboxes.release(invocation),
    );
    this.ecs = new SimulatedEcs({
      clock,
      random,
      effectOn: (index) => disturbance.task(index),
      startProgram: (environment, onExit) => startAgent(this.#agentWorld(), environment, onExit),
      onStopped: (detail) =>
        aws.bus.publish({ source: "aws.ecs", "detail-type": "ECS Task State Change", resources: [], detail }),
    });
    this.runtime = {
      environment: {
        tableName: "sluice",
        bucketName: "sluice-objects",
        busName: "sluice",
        configPrefix: "/sluice",
        agentApiUrl: "https://agents.shop.example",
        stateMachineArnPrefix: `arn:aws:states:${region}:${accountId}:stateMachine:`,
      },
      clients: {
        ...mapValues(aws.clients, (client) => this.#watch(client)),
        s3: this.#watch(new FakeBucket().client),
        ssm: this.#watch(new FakeParameters().client),
      } as Runtime["clients"],
      clock,
      random: (count) => bytesOf(random, count),
      log: () => {},
      executors: { get: (name) => (name === EXECUTOR ? this.#sandboxes.executor() : undefined) },
      logPlace: () => undefined,
    };
  }

  /** Submits a run and lets time pass until long after its end. */
  async play(): Promise<Profile> {
    this.disturbance.begin();
    const startedAt = this.#clock.now();
    for (const fault of this.disturbance.stops()) {
      this.#clock.schedule(fault.atSeconds * 1000, () => void this.#stopExecution(fault));
    }
    this.#every(SWEEP_INTERVAL_SECONDS, () => this.#host.invokeLater("sweep", "{}"));
    void this.#submit();
    await this.#settle();
    const end = startedAt + LONGEST_PLAY_SECONDS * 1000;
    while (this.#clock.now() < end && !(await this.#hasEnded())) await this.#step();
    const seconds = Math.ceil((this.#clock.now() - startedAt) / 1000);
    const profile = this.disturbance.profile(this.ecs.tasks.length, seconds);
    const quiet = this.#clock.now() + AFTERWARDS_SECONDS * 1000;
    while (this.#clock.now() < quiet) await this.#step();
    return profile;
  }

  /** Status of the execution; `undefined` where none was started. */
  executionStatus(): Promise<string | undefined> {
    return this.#aws.statusOf(this.executionArn);
  }

  /** Every item of the table. */
  async items(): Promise<Record<string, unknown>[]> {
    const answer = await this.runtime.clients.dynamodb.send(
      new ScanCommand({ TableName: this.runtime.environment.tableName, ConsistentRead: true }),
    );
    return (answer.Items ?? []).map((item) => unmarshall(item));
  }

  close(): void {
    this.#aws.close();
  }

  async #hasEnded(): Promise<boolean> {
    if (!hasRunEnded(this.witness.runStatus)) return false;
    const status = await this.executionStatus();
    return status !== undefined && status !== "RUNNING";
  }

  async #step(): Promise<void> {
    if (!this.#clock.advance()) throw new Error("Nothing is due any more, not even a sweep.");
    await this.#settle();
  }

  /** Waits until nothing happens any more without time. */
  async #settle(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_TURNS; ) {
      const before = this.#activity;
      await new Promise((resolve) => setImmediate(resolve));
      quiet = this.#activity === before && this.#inFlight === 0 && this.#host.running === 0 ? quiet + 1 : 0;
    }
  }

  #every(seconds: number, work: () => void): void {
    this.#clock.schedule(seconds * 1000, () => {
      work();
      this.#every(seconds, work);
    });
  }

  #createExecutor(): ActionExecutor {
    const client = this.#watch({ send: (command: { readonly input: object }) => this.ecs.send(command) });
    return createEcsExecutor({ name: EXECUTOR, client: client as never, configuration: CLUSTER });
  }

  /** Whoever submits tries again with the same id until it is confirmed. */
  async #submit(): Promise<void> {
    const submission = { pipeline: this.scenario.compilation.plan.pipeline, runId: this.runId };
    for (let isConfirmed = false; !isConfirmed; ) {
      const done = await this.#host.run("submit", () => submitRun(this.runtime, submission)).catch(() => undefined);
      isConfirmed = done !== undefined;
      if (!isConfirmed) await this.#clock.sleep(5);
    }
  }

  async #stopExecution(fault: Fault): Promise<void> {
    if ((await this.executionStatus()) !== "RUNNING") return;
    this.disturbance.stopped(fault);
    await this.runtime.clients.states.send(new StopExecutionCommand({ executionArn: this.executionArn }));
  }

  /** Counts the calls of functions, and lets some fail. */
  #watch<Client extends { send(command: never): Promise<unknown> }>(client: Client): Client {
    const send = client.send.bind(client) as (command: object) => Promise<unknown>;
    const watched = async (command: object): Promise<unknown> => {
      this.#activity++;
      this.#inFlight++;
      try {
        const effect = harness.current() === undefined ? undefined : this.disturbance.call();
        if (effect === "throttled") throw refusal("ThrottlingException", { $metadata: { httpStatusCode: 400 } });
        const answer = await send(command);
        this.witness.sees(command);
        if (effect === "lostAnswer") throw refusal("TimeoutError", { code: "ETIMEDOUT" });
        return answer;
      } finally {
        this.#activity++;
        this.#inFlight--;
      }
    };
    return Object.assign(client, { send: watched });
  }

  #deliver(arn: string, event: string): void {
    const send = () => this.#host.invokeLater(arn, event);
    const effect = this.disturbance.event();
    if (effect === undefined || effect === "duplicated") send();
    if (effect !== undefined && effect !== "dropped") this.#clock.schedule(EVENT_SECONDS[effect] * 1000, send);
  }

  #agentWorld(): AgentWorld {
    return {
      now: () => this.#clock.now(),
      sleep: (seconds) => this.#clock.sleep(seconds),
      call: (attemptId, call, body, secret) => this.#agentCall(attemptId, call, body, secret),
      workOf: (attemptId) => {
        const [, key = "", attempt = "1"] = attemptId.split(".");
        return this.scenario.work(key, Number(attempt));
      },
      onWorkStarted: (attemptId) => this.witness.workStarted(attemptId, this.#clock.now()),
      onWorkEnded: (attemptId) => this.witness.workEnded(attemptId, this.#clock.now()),
      onOutputsAccepted: (attemptId, outputs) => this.witness.outputs.set(attemptId, outputs),
      onSuccessAccepted: (attemptId) => this.witness.succeeded(attemptId, this.#clock.now()),
    };
  }

  async #agentCall(attemptId: string, call: string, body: object, secret: string | undefined) {
    const effect = this.disturbance.agentCall();
    if (effect === "lostRequest") return undefined;
    const path = `/v1/attempts/${attemptId}/${call}`;
    const event = {
      version: "2.0",
      rawPath: path,
      headers: secret === undefined ? {} : { authorization: `Bearer ${secret}` },
      body: JSON.stringify(body),
      isBase64Encoded: false,
      requestContext: { http: { method: "POST", path } },
    };
    const { payload, functionError } = await this.#host.invoke("agent-api", JSON.stringify(event));
    const answer = functionError === undefined ? JSON.parse(payload) : { statusCode: 502 };
    // The nonce may be used up, and nobody has the secret: that attempt is lost, by design.
    if (call === "bootstrap" && (effect !== undefined || answer.statusCode >= 500)) {
      this.disturbance.excuses.push("lost bootstrap");
    }
    if (effect === "lostAnswer") return undefined;
    return { status: answer.statusCode, body: answer.statusCode === 200 ? JSON.parse(answer.body) : {} };
  }
}

function refusal(name: string, details: object): Error {
  return Object.assign(new Error(`${name} from the fault harness.`), { name, ...details });
}

function bytesOf(random: Random, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, () => random.below(256));
}

function mapValues<Key extends string, From, To>(
  values: Readonly<Record<Key, From>>,
  change: (value: From, key: Key) => To,
): Record<Key, To> {
  const entries = Object.entries<From>(values).map(([key, value]) => [key, change(value, key as Key)]);
  return Object.fromEntries(entries) as Record<Key, To>;
}
