import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { DynamoDBClient, ListTablesCommand, QueryCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { SSMClient } from "@aws-sdk/client-ssm";
import { run as runSchema, submittedRun } from "../../../cli/api/answers.ts";
import { type ApiClient, createApiClient } from "../../../cli/api/api-client.ts";
import { hasRunEnded, type RunView, storeConfig } from "../../../functions/index.ts";
import { Cdk } from "../cdk.ts";
import { CONFIGS } from "../lane-pipelines.ts";
import { type MiniStack, startMiniStack } from "./ministack-server.ts";
import { type StatesGateway, startStatesGateway } from "./states-gateway.ts";

/** A deployed installation, and what is around it. */
export interface Deployment {
  readonly ministack: MiniStack;
  readonly states: StatesGateway;
  readonly cdk: Cdk;
  /** Outputs of the stack. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The installation's API, over HTTP, with requests signed as `sluice submit` signs them. */
  readonly api: ApiClient;
  /** Submits over HTTP and waits for the end; answers what the API says of the run. */
  run(submission: object): Promise<{ readonly run: RunView; readonly executionArn: string }>;
  waitForEnd(runId: string): Promise<RunView>;
  /** Asks until there is an answer; the test's own timeout is the limit. */
  poll<T>(ask: () => Promise<T | undefined> | T | undefined): Promise<T>;
  stop(): Promise<void>;
}

const POLL_MILLISECONDS = 300;
const SWEEP_MILLISECONDS = 2_000;
/** Name of the installation and of its stack. */
const NAME = "sluice";

/** Starts MiniStack and deploys the application of this repository with this configuration. */
export async function deployOnMiniStack(configuration: object): Promise<Deployment> {
  const directory = await mkdtemp(join(tmpdir(), "sluice-deployment-"));
  const states = await startStatesGateway();
  // Functions reach Step Functions by the gateway, and everything else as they are told by MiniStack.
  const ministack = await startMiniStack({ environment: { AWS_ENDPOINT_URL_SFN: states.endpoint } });
  states.connect(ministack);
  const cdk = new Cdk(ministack.environment, directory, { name: NAME, ...configuration });
  await cdk.bootstrap();
  const { outputs } = await cdk.deploy();
  const { client } = ministack;
  const clients = {
    dynamodb: new DynamoDBClient(client),
    lambda: new LambdaClient(client),
    s3: new S3Client(client),
    ssm: new SSMClient(client),
  };
  const bucketName = theOne(
    (await clients.s3.send(new ListBucketsCommand({}))).Buckets?.map((bucket) => bucket.Name),
    /objects/i,
    /access/i,
  );
  for (const config of CONFIGS) {
    await storeConfig({ clients, environment: { bucketName, configPrefix: `/${NAME}` } }, config);
  }
  const api = createApiClient(
    { url: outputs["RunsApiUrl"] ?? "", region: client.region, key: async () => client.credentials, isLocal: true },
    { now: () => Date.now(), wait, every: () => () => undefined },
  );
  const sweeper = startSweeper(clients, ministack);

  const waitForEnd = async (runId: string): Promise<RunView> => {
    for (;;) {
      const run = await api.get(["runs", runId], runSchema);
      if (hasRunEnded(run.status)) return run;
      await wait(POLL_MILLISECONDS);
    }
  };
  return {
    ministack,
    states,
    cdk,
    outputs,
    api,
    waitForEnd,
    async poll(ask) {
      for (;;) {
        const answer = await ask();
        if (answer !== undefined) return answer;
        await wait(POLL_MILLISECONDS);
      }
    },
    async run(submission) {
      const { runId, executionArn } = await api.post(["runs"], submittedRun, submission);
      return { run: await waitForEnd(runId), executionArn };
    },
    async stop() {
      await sweeper.stop();
      for (const each of Object.values(clients)) each.destroy();
      await ministack.stop();
      await states.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/**
 * MiniStack tells of no execution that it has ended, so the sweep must carry. Its rule fires once a minute and it looks
 * at a run every five; here both happen every other second: `checkAt` of every living run becomes now, and the deployed
 * function is invoked.
 */
function startSweeper(
  { dynamodb, lambda }: { readonly dynamodb: DynamoDBClient; readonly lambda: LambdaClient },
  ministack: MiniStack,
): { stop(): Promise<void> } {
  let isStopped = false;
  const sweep = async () => {
    const tables = (await dynamodb.send(new ListTablesCommand({}))).TableNames;
    const TableName = theOne(tables, /runs/i);
    const functions = (await lambda.send(new ListFunctionsCommand({}))).Functions?.map((each) => each.FunctionName);
    const FunctionName = theOne(functions, /FunctionsSweep/);
    while (!isStopped) {
      const { Items = [] } = await dynamodb.send(
        new QueryCommand({
          TableName,
          IndexName: "living",
          KeyConditionExpression: "living = :run",
          ExpressionAttributeValues: { ":run": { S: "run" } },
        }),
      );
      for (const { pk, sk } of Items) {
        if (pk === undefined || sk === undefined) continue;
        await dynamodb
          .send(
            new UpdateItemCommand({
              TableName,
              Key: { pk, sk },
              UpdateExpression: "SET checkAt = :now",
              ConditionExpression: "attribute_exists(checkAt)",
              ExpressionAttributeValues: { ":now": { N: String(Date.now()) } },
            }),
          )
          // It has ended meanwhile.
          .catch(() => undefined);
      }
      await lambda.send(new InvokeCommand({ FunctionName, Payload: Buffer.from("{}") }));
      await wait(SWEEP_MILLISECONDS);
    }
  };
  const sweeping = sweep().catch((error: unknown) => {
    process.stderr.write(`The sweep could not be invoked: ${String(error)}\n${ministack.log().slice(-2000)}\n`);
  });
  return {
    async stop() {
      isStopped = true;
      await sweeping;
    },
  };
}

function theOne(names: readonly (string | undefined)[] = [], wanted: RegExp, other = /^$/): string {
  const found = names.filter((name) => name !== undefined && wanted.test(name) && !other.test(name));
  if (found[0] === undefined || found.length > 1) {
    throw new Error(`Exactly one name must match ${wanted}: ${names.join(", ")}`);
  }
  return found[0];
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Path of a file as the application's configuration names it: from the root of the repository. */
export function fromRoot(file: string): string {
  return relative(join(import.meta.dirname, "../../.."), file);
}
