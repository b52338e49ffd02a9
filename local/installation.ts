import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import {
  attemptIdOf,
  checkAttempt,
  EVENT_SOURCE,
  type Runtime,
  readRun,
  SWEEP_INTERVAL_SECONDS,
  storeConfig,
  submitRun,
} from "../functions/index.ts";
import { systemClock } from "./clock.ts";
import { createEventBus } from "./events/event-bus.ts";
import { createFunctionHost } from "./function-host/function-host.ts";
import { createClients, destroyClients } from "./installation/clients.ts";
import { connectRules } from "./installation/connect-rules.ts";
import { createTable } from "./installation/create-table.ts";
import { deploy } from "./installation/deploy.ts";
import { createExecutors } from "./installation/executors.ts";
import { createFunctionLog } from "./installation/function-log.ts";
import { NAMES } from "./installation/names.ts";
import type { Installation, InstallationOptions } from "./installation/options.ts";
import { FUNCTIONS, HTTP_ROUTES, registerFunctions } from "./installation/register-functions.ts";
import { createRunControl } from "./installation/run-control.ts";
import { saveFiles } from "./installation/save-files.ts";
import { openStateDirectory } from "./installation/state-directory.ts";
import { createObjectStore } from "./objects/object-store.ts";
import { createParameterStore } from "./parameters/parameter-store.ts";
import { attemptPaths, createLocalProcesses } from "./processes/index.ts";
import { startSchedule } from "./schedules/schedule.ts";
import { createStates } from "./states/index.ts";
import { createTables } from "./tables/tables.ts";
import { createHttpApi } from "./wire/http-api.ts";
import { startLoopbackServer } from "./wire/loopback-server.ts";
import { createRouter } from "./wire/router.ts";
import { createS3Protocol } from "./wire/s3/s3-protocol.ts";

/**
 * Starts a whole Sluice in this process: AWS's services in the small, the functions, and what they are connected by.
 * The composition root: here alone is it said what stands behind what.
 *
 * @throws {InvalidStateDirectoryError} nothing can be kept in the state directory
 * @throws {UnsupportedExecutorError} an executor that is not of this machine
 * @throws {InvalidConfigError} a config that Parameter Store would not take
 */
export async function startInstallation(options: InstallationOptions): Promise<Installation> {
  const { clock = systemClock } = options;
  const { region, accountId } = NAMES;
  const place = { region, accountId, clock, randomId: randomUUID };
  const stateDirectory = await openStateDirectory(options.stateDirectory);

  // What the options say is checked before anything is started.
  const { onLogLine } = options;
  const processes = createLocalProcesses({
    stateDirectory,
    environment: process.env,
    onLost: (attemptId) => lost(attemptId),
    ...(onLogLine !== undefined && { onLogLine }),
  });
  const executors = createExecutors(options.executors, processes, clock);

  // The services.
  const functions = createFunctionHost(place);
  const bus = createEventBus({ ...place, send: (arn, event) => functions.invokeLater(arn, event) });
  const states = createStates({
    ...place,
    random: (count) => randomBytes(count),
    integrations: { lambda: functions.invoke },
    onStatusChange: (change) =>
      bus.publish({
        source: "aws.states",
        "detail-type": "Step Functions Execution Status Change",
        resources: [change.executionArn],
        detail: { ...change },
      }),
  });
  const tables = await createTables();
  const objects = createObjectStore(join(stateDirectory, "objects"), () => clock.now());
  const credentials = { accessKeyId: `LOCAL${hex(8).toUpperCase()}`, secretAccessKey: hex(20) };

  // The one endpoint in front of them.
  const router = createRouter({
    services: [states.service, bus.service, createParameterStore({ region, accountId, now: () => clock.now() })],
    functions,
    tables: (request) => tables.handle(request),
    objects: createS3Protocol(new Map([[NAMES.bucket, objects]])),
    httpApi: createHttpApi({ routes: HTTP_ROUTES, functions, clock, accountId }),
    credentials,
    clock,
  });
  const server = await startLoopbackServer(router);
  const { endpoint } = server;
  const clients = await createClients({ endpoint, region, credentials }, router);

  // Sluice itself.
  const logFile: Installation["logFile"] = (runId, actionKey, attempt) =>
    attemptPaths(stateDirectory, attemptIdOf({ runId, key: actionKey, n: attempt })).log;
  const runtime: Runtime = {
    environment: {
      tableName: NAMES.table,
      bucketName: NAMES.bucket,
      busName: NAMES.bus,
      configPrefix: NAMES.configPrefix,
      agentApiUrl: endpoint,
      stateMachineArnPrefix: `arn:aws:states:${region}:${accountId}:stateMachine:`,
    },
    clients,
    clock,
    random: (count) => randomBytes(count),
    log: createFunctionLog(join(stateDirectory, "functions.log"), () => clock.now()),
    executors: executors.byName,
    logPlace: ({ runId, actionKey, attempt }) => logFile(runId, actionKey, attempt),
  };
  const placeholders = registerFunctions(functions, runtime);
  // On AWS the ECS Task State Change event says so.
  const lost = (attemptId: string): void => {
    checkAttempt(runtime, attemptId).catch((error: unknown) => {
      runtime.log({ level: "error", attemptId, error: String(error) });
    });
  };
  const schedule = startSchedule({
    clock,
    intervalMilliseconds: SWEEP_INTERVAL_SECONDS * 1000,
    run: () => functions.invoke(FUNCTIONS.sweep, "{}"),
  });
  const runs = createRunControl({ runtime, bus, processes, clock });

  let stopped: Promise<void> | undefined;
  const stop = async () => {
    runs.stop();
    await schedule.stop();
    // First what causes work, then the work under way, then what it needs.
    states.stop();
    await bus.stop();
    await functions.stop();
    await processes.stopAll();
    executors.stop();
    destroyClients(clients);
    await server.stop();
  };

  try {
    await Promise.all([
      createTable(clients.dynamodb, NAMES.table),
      connectRules(clients.events),
      ...options.configs.map((config) => storeConfig(runtime, config)),
    ]);
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    deploy: (compilation) => deploy(runtime, placeholders, compilation),
    submit: (submission) => submitRun(runtime, submission),
    cancel: (runId) => runs.cancel(runId),
    readRun: (runId) => readRun(runtime, runId),
    async waitForEnd(runId) {
      const run = await runs.waitForEnd(runId);
      processes.flushLogs();
      return run;
    },
    logFile,
    saveFiles: (run) => saveFiles(objects, stateDirectory, run),
    onEvent: (listener) =>
      bus.listen(NAMES.bus, JSON.stringify({ source: [EVENT_SOURCE] }), (event) => {
        // What an action wrote comes before the news that it has ended.
        processes.flushLogs();
        return listener(event);
      }),
    endpoint,
    credentials,
    region,
    accountId,
    clients,
    tableName: NAMES.table,
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString("hex");
}
