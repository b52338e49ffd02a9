import { randomBytes, randomUUID } from "node:crypto";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import type { MiddlewareObj } from "@middy/core";
import type { Context } from "aws-lambda";
import dynalite from "dynalite";
import type { CompleteRequest } from "../../../agent/protocol.ts";
import type { Plan } from "../../../compiler/index.ts";
import {
  createAgentApi,
  createCancelRun,
  createCompleteAction,
  createExecuteAction,
  createRecordRun,
  createSweep,
  planObjects,
  type Runtime,
  tableDefinition,
} from "../../../functions/index.ts";
import { FakeBucket, FakeBus, FakeParameters, FakeStates } from "./clients.ts";
import { FakeScheduler } from "./scheduler.ts";
import { ScriptedExecutor } from "./scripted-executor.ts";

const NOON = Date.parse("2026-01-15T12:00:00Z");
const MACHINE = "arn:aws:states:eu-central-1:123456789012:stateMachine:shop-0123456789ab";

/** DynamoDB of a test file. */
export interface Database {
  readonly client: DynamoDBClient;
  stop(): Promise<void>;
}

/** Starts dynalite in memory on a free port. */
export async function startDatabase(): Promise<Database> {
  const server: Server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const client = new DynamoDBClient({
    region: "eu-central-1",
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: "AKIDSHOP", secretAccessKey: "shop" },
  });
  return {
    client,
    async stop() {
      client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A whole installation around one plan, with a table of its own, and what the outside world does to it. */
export class Shop {
  readonly states = new FakeStates();
  readonly bucket = new FakeBucket();
  readonly parameters = new FakeParameters();
  readonly bus = new FakeBus();
  readonly scheduler = new FakeScheduler(() => this.now);
  readonly executor = new ScriptedExecutor();
  readonly logs: object[] = [];
  readonly runtime: Runtime;
  readonly runId = "20260115-120000-aaaaaa";
  readonly execution = `${MACHINE.replace("stateMachine", "execution")}:${this.runId}`;
  now = NOON;
  readonly #secrets = new Map<string, string>();

  private constructor(database: Database, tableName: string, middlewares: readonly MiddlewareObj[]) {
    this.runtime = {
      environment: {
        tableName,
        bucketName: "shop-objects",
        busName: "sluice",
        configPrefix: "/sluice",
        agentApiUrl: "https://agents.shop.example",
        stateMachineArnPrefix: MACHINE.slice(0, MACHINE.lastIndexOf(":") + 1),
      },
      clients: {
        dynamodb: database.client,
        states: this.states.client,
        s3: this.bucket.client,
        ssm: this.parameters.client,
        events: this.bus.client,
        scheduler: this.scheduler.client,
      },
      clock: { now: () => this.now },
      random: (bytes) => randomBytes(bytes),
      log: (record) => this.logs.push(record),
      executors: new Map([["build", this.executor]]),
      logPlace: ({ actionKey, attempt }) => `logs/${actionKey}.${attempt}.log`,
      middlewares,
    };
  }

  static async open(database: Database, plan: Plan, middlewares: readonly MiddlewareObj[] = []): Promise<Shop> {
    const tableName = `shop-${randomUUID()}`;
    await database.client.send(new CreateTableCommand(tableDefinition(tableName)));
    await untilActive(database, tableName);
    const shop = new Shop(database, tableName, middlewares);
    shop.publish(plan, "plan-1");
    shop.states.executions.set(shop.execution, { status: "RUNNING", startDate: NOON / 1000, input: "{}" });
    return shop;
  }

  publish({ actions, ...index }: Plan, hash: string): void {
    this.bucket.put(planObjects.index(hash), JSON.stringify(index));
    for (const action of actions) this.bucket.put(planObjects.action(hash, action.key), JSON.stringify(action));
    const current = { planHash: hash, machine: MACHINE.slice(MACHINE.lastIndexOf(":") + 1) };
    this.bucket.put(planObjects.current(index.pipeline), JSON.stringify(current));
  }

  /** Step Functions enters a state. */
  enter(action: string, token: string | undefined, redrive = 0): Promise<unknown> {
    const payload = { execution: this.execution, redrive, pipeline: "shop", action };
    return createExecuteAction(this.runtime)(token === undefined ? payload : { ...payload, token }, CONTEXT);
  }

  /** Step Functions enters `end of run`. */
  enterEndOfRun(token: string, redrive = 0): Promise<unknown> {
    const payload = { execution: this.execution, redrive, pipeline: "shop", token };
    return createRecordRun(this.runtime)(payload, CONTEXT);
  }

  /** The bus brings an execution's status to the two functions that listen. */
  async executionIs(status: string, detail: object = {}): Promise<void> {
    await this.record(status, detail);
    await createCancelRun(this.runtime)(this.statusEvent(status, detail), CONTEXT);
  }

  record(status: string, detail: object = {}): Promise<unknown> {
    return createRecordRun(this.runtime)(this.statusEvent(status, detail), CONTEXT);
  }

  cancel(status: string, detail: object = {}): Promise<unknown> {
    return createCancelRun(this.runtime)(this.statusEvent(status, detail), CONTEXT);
  }

  statusEvent(status: string, detail: object): object {
    return {
      source: "aws.states",
      "detail-type": "Step Functions Execution Status Change",
      detail: { executionArn: this.execution, status, redriveCount: 0, ...detail },
    };
  }

  taskStopped(attemptId: string, detail: object = {}): Promise<unknown> {
    const event = {
      source: "aws.ecs",
      "detail-type": "ECS Task State Change",
      detail: {
        taskArn: `handle-${attemptId}`,
        lastStatus: "STOPPED",
        version: 5,
        stopCode: "EssentialContainerExited",
        overrides: { containerOverrides: [{ environment: [{ name: "SLUICE_ATTEMPT_ID", value: attemptId }] }] },
        ...detail,
      },
    };
    return createCompleteAction(this.runtime)(event, CONTEXT);
  }

  sweep(): Promise<unknown> {
    return createSweep(this.runtime)({}, CONTEXT);
  }

  /** The agent of an attempt calls; its secret is remembered from the bootstrap. */
  async agent(attemptId: string, call: string, body: unknown, secret = this.#secrets.get(attemptId)) {
    const event = {
      rawPath: `/v1/attempts/${attemptId}/${call}`,
      headers: secret === undefined ? {} : { authorization: `Bearer ${secret}` },
      body: JSON.stringify(body),
      isBase64Encoded: false,
      requestContext: { http: { method: "POST" } },
    };
    const answer = (await createAgentApi(this.runtime)(event, CONTEXT)) as { statusCode: number; body: string };
    return { status: answer.statusCode, body: JSON.parse(answer.body) };
  }

  async bootstrap(attemptId: string) {
    const nonce = this.executor.specifications.get(attemptId)?.agentEnvironment["SLUICE_ATTEMPT_NONCE"];
    const answer = await this.agent(attemptId, "bootstrap", { nonce }, undefined);
    if (answer.status === 200) this.#secrets.set(attemptId, answer.body.secret);
    return answer;
  }

  /** The agent boots and its scripts start. */
  async run(attemptId: string): Promise<void> {
    await this.bootstrap(attemptId);
    await this.agent(attemptId, "heartbeat", { phase: "running" });
  }

  /** The agent reports the end; default is exit code 0. An agent that was heard ends, and its task with it. */
  async complete(attemptId: string, report: Partial<CompleteRequest> = {}) {
    const answer = await this.agent(attemptId, "complete", {
      end: "exited",
      exitCode: 0,
      logTail: [],
      outputs: [],
      directories: [],
      startedAt: new Date(this.now).toISOString(),
      endedAt: new Date(this.now).toISOString(),
      ...report,
    });
    if (answer.status === 200) this.executor.end(attemptId);
    return answer;
  }

  /** The whole life of an action whose scripts end like this. */
  async perform(action: string, token: string, report: Partial<CompleteRequest> = {}, n = 1, redrive = 0) {
    await this.enter(action, token, redrive);
    const attemptId = this.attempt(action, n);
    await this.run(attemptId);
    await this.complete(attemptId, report);
  }

  attempt(action: string, n = 1): string {
    return `${this.runId}.${action}.${n}`;
  }

  answersTo(token: string) {
    return this.states.answers.filter((answer) => answer.token === token);
  }

  advance(seconds: number): void {
    this.now += seconds * 1000;
  }

  /** An item as it stands in DynamoDB. */
  async item(sk: string): Promise<Record<string, unknown> | undefined> {
    const answer = await this.runtime.clients.dynamodb.send(
      new GetItemCommand({
        TableName: this.runtime.environment.tableName,
        Key: marshall({ pk: `run#${this.runId}`, sk }),
        ConsistentRead: true,
      }),
    );
    return answer.Item && unmarshall(answer.Item);
  }

  action(key: string): Promise<Record<string, unknown> | undefined> {
    return this.item(`action#${key}`);
  }

  /** Every item of the table. */
  async items(): Promise<Record<string, unknown>[]> {
    const { tableName } = this.runtime.environment;
    const answer = await this.runtime.clients.dynamodb.send(new ScanCommand({ TableName: tableName }));
    return (answer.Items ?? []).map((item) => unmarshall(item));
  }
}

/** dynalite makes a table active a tick after it has answered. */
async function untilActive(database: Database, TableName: string): Promise<void> {
  const { Table } = await database.client.send(new DescribeTableCommand({ TableName }));
  if (Table?.TableStatus !== "ACTIVE") await untilActive(database, TableName);
}

const CONTEXT = {} as Context;
