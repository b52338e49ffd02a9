import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateEventBusCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { DescribeExecutionCommand, SFNClient } from "@aws-sdk/client-sfn";
import { SSMClient } from "@aws-sdk/client-ssm";
import { type Runtime, readRun, storeConfig, submitRun } from "../../../functions/index.ts";
import { systemClock } from "../../../local/clock.ts";
import { createFunctionHost } from "../../../local/function-host/function-host.ts";
import { createTable } from "../../../local/installation/create-table.ts";
import { deploy } from "../../../local/installation/deploy.ts";
import { createExecutors } from "../../../local/installation/executors.ts";
import { NAMES } from "../../../local/installation/names.ts";
import { FUNCTIONS, HTTP_ROUTES, registerFunctions } from "../../../local/installation/register-functions.ts";
import { createLocalProcesses } from "../../../local/processes/index.ts";
import { createHttpApi } from "../../../local/wire/http-api.ts";
import { startLoopbackServer } from "../../../local/wire/loopback-server.ts";
import { CONFIGS, compileFor, type LanePipeline } from "../lane-pipelines.ts";
import { type Outcome, outcomeOf } from "../outcome.ts";
import { createGateway } from "./gateway.ts";
import { startMoto } from "./moto-server.ts";

const PROCESS = { name: "process", kind: "process" } as const;
/** moto's own account. */
const PLACE = { region: "us-east-1", accountId: "123456789012" } as const;
const CREDENTIALS = { accessKeyId: "moto", secretAccessKey: "moto" } as const;
const POLL_MILLISECONDS = 50;

/** Sluice with moto for every service of AWS: its state machines, tables, objects, parameters and events. */
export interface MotoInstallation extends AsyncDisposable {
  run(pipeline: LanePipeline): Promise<Outcome>;
}

/** Starts moto, and the functions in front of it; actions run as processes of this machine. */
export async function startOnMoto(): Promise<MotoInstallation> {
  const stateDirectory = await mkdtemp(join(tmpdir(), "sluice-moto-"));
  const place = { ...PLACE, clock: systemClock, randomId: randomUUID };
  const functions = createFunctionHost(place);
  const processes = createLocalProcesses({ stateDirectory, environment: process.env });
  const executors = createExecutors([PROCESS], processes, systemClock);

  let motoPort = 0;
  const gateway = await startLoopbackServer(
    createGateway({
      functions,
      isAgentPath: (path) => path.startsWith("/v1/"),
      agentApi: createHttpApi({ ...place, routes: HTTP_ROUTES, functions }),
      motoPort: () => motoPort,
    }),
  );
  const moto = await startMoto(Number(new URL(gateway.endpoint).port));
  motoPort = moto.port;

  const client = { endpoint: gateway.endpoint, region: PLACE.region, credentials: CREDENTIALS };
  const clients = {
    dynamodb: new DynamoDBClient(client),
    states: new SFNClient(client),
    s3: new S3Client({ ...client, forcePathStyle: true }),
    ssm: new SSMClient(client),
    events: new EventBridgeClient(client),
    scheduler: new SchedulerClient(client),
  };
  const runtime: Runtime = {
    environment: {
      tableName: NAMES.table,
      bucketName: NAMES.bucket,
      busName: NAMES.bus,
      configPrefix: NAMES.configPrefix,
      agentApiUrl: gateway.endpoint,
      stateMachineArnPrefix: `arn:aws:states:${PLACE.region}:${PLACE.accountId}:stateMachine:`,
    },
    clients,
    clock: systemClock,
    random: (bytes) => randomBytes(bytes),
    log: (record) => process.stderr.write(`${JSON.stringify(record)}\n`),
    executors: executors.byName,
    logPlace: ({ runId, actionKey }) => `${runId} ${actionKey}`,
  };
  const placeholders = registerFunctions(functions, runtime);
  await createTable(clients.dynamodb, NAMES.table);
  await clients.s3.send(new CreateBucketCommand({ Bucket: NAMES.bucket }));
  await clients.events.send(new CreateEventBusCommand({ Name: NAMES.bus }));
  for (const config of CONFIGS) await storeConfig(runtime, config);

  /** moto sends no status events: they are made of what DescribeExecution says, and delivered as EventBridge would. */
  const deliverEnd = async (executionArn: string) => {
    for (;;) {
      const { status, error, cause, stopDate } = await clients.states.send(
        new DescribeExecutionCommand({ executionArn }),
      );
      if (status !== "RUNNING") {
        const detail = { executionArn, status, error, cause, redriveCount: 0, stopDate: stopDate?.getTime() };
        const event = { source: "aws.states", "detail-type": "Step Functions Execution Status Change", detail };
        await functions.invoke(FUNCTIONS.recordRun, JSON.stringify(event));
        await functions.invoke(FUNCTIONS.cancelRun, JSON.stringify(event));
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
    }
  };

  return {
    async run(pipeline) {
      const compilation = compileFor(PROCESS, pipeline);
      await deploy(runtime, placeholders, compilation);
      const { runId, executionArn } = await submitRun(runtime, { pipeline: compilation.plan.pipeline });
      await deliverEnd(executionArn);
      return outcomeOf(await readRun(runtime, runId), pipeline);
    },
    async [Symbol.asyncDispose]() {
      await functions.stop();
      await processes.stopAll();
      executors.stop();
      for (const each of Object.values(clients)) each.destroy();
      await gateway.stop();
      await moto.stop();
      await rm(stateDirectory, { recursive: true, force: true });
    },
  };
}
