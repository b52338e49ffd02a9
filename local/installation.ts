import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { CreateScheduleGroupCommand } from "@aws-sdk/client-scheduler";
import {
  attemptIdOf,
  COLLECT_INTERVAL_HOURS,
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
import { createAfterLogs } from "./installation/after-logs.ts";
import { createFileLogs } from "./installation/attempt-logs.ts";
import { createClients, destroyClients } from "./installation/clients.ts";
import { connectRules } from "./installation/connect-rules.ts";
import { createTable } from "./installation/create-table.ts";
import { deploy } from "./installation/deploy.ts";
import { createExecutors } from "./installation/executors.ts";
import { createFunctionLog } from "./installation/function-log.ts";
import { NAMES } from "./installation/names.ts";
import { createNotifications } from "./installation/notifications.ts";
import { openContainers } from "./installation/open-containers.ts";
import type { Installation, InstallationOptions } from "./installation/options.ts";
import {
  FUNCTIONS,
  HTTP_ROUTES,
  RUNS_ROUTES,
  registerFunctions,
  registerRunsApi,
} from "./installation/register-functions.ts";
import { createRunControl } from "./installation/run-control.ts";
import { saveFiles } from "./installation/save-files.ts";
import { SCHEDULE_PLACE } from "./installation/schedule-place.ts";
import { openStateDirectory } from "./installation/state-directory.ts";
import { createObjectStore } from "./objects/object-store.ts";
import { createParameterStore } from "./parameters/parameter-store.ts";
import { attemptPaths, createLocalProcesses } from "./processes/index.ts";
import { startSchedule } from "./schedules/schedule.ts";
import { createScheduler } from "./schedules/scheduler.ts";
import { answerSchedulerProtocol } from "./schedules/scheduler-protocol.ts";
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
 * @throws {NoContainerEngineError} an executor that runs containers, where neither podman nor docker works
 * @throws {InvalidConfigError} a config that Parameter Store would not take
 * @throws {PortUnavailableError} another program listens on the port
 */
export async function startInstallation(options: InstallationOptions): Promise<Installation> {
  const { clock = systemClock, compileContext } = options;
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
  const credentials = { accessKeyId: `LOCAL${hex(8).toUpperCase()}`, secretAccessKey: hex(20) };
  const containers = await openContainers(options.executors, options.containers ?? {}, {
    ...place,
    stateDirectory,
    credentials,
    router: (request) => router(request),
    endpoint: () => server.endpoint,
    publish: (event) => bus.publish(event),
    ...(onLogLine !== undefined && { onLogLine }),
  });
  const executors = createExecutors(options.executors, processes, clock, containers?.executor, options.kubernetes);
  const afterLogs = containers && createAfterLogs(containers, clock);

  // The services.
  const functions = createFunctionHost(place);
  const notifications = createNotifications(options.notifications ?? [], { ...place, functions });
  const bus = createEventBus({
    ...place,
    send: (arn, event) =>
      arn === notifications.queueArn ? notifications.queue.send(event) : functions.invokeLater(arn, event),
  });
  const scheduler = createScheduler({
    ...place,
    invoke: (arn, payload) => functions.invokeLater(arn, payload),
    onFailure: (schedule, error) => runtime.log({ level: "error", schedule, error: String(error) }),
  });
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

  const httpApi = createHttpApi({
    routes: compileContext === undefined ? HTTP_ROUTES : [...HTTP_ROUTES, ...RUNS_ROUTES],
    functions,
    clock,
    accountId,
  });

  // The one endpoint in front of them.
  const router = createRouter({
    services: [
      states.service,
      bus.service,
      createParameterStore({ region, accountId, now: () => clock.now() }),
      ...(containers === undefined ? [] : [containers.service]),
    ],
    functions,
    tables: (request) => tables.handle(request),
    objects: createS3Protocol(new Map([[NAMES.bucket, objects]])),
    scheduler: (request) => answerSchedulerProtocol(scheduler, request),
    httpApi: async (request, caller) => containers?.metadata(request) ?? (await httpApi(request, caller)),
    credentials,
    clock,
  });
  const server = await startLoopbackServer(router, options.port);
  const { endpoint } = server;
  const clients = await createClients({ endpoint, region, credentials }, router);

  // Sluice itself.
  const logFile: Installation["logFile"] = (runId, actionKey, attempt) =>
    attemptPaths(stateDirectory, attemptIdOf({ runId, key: actionKey, n: attempt })).log;
  const machineArnPrefix = `arn:aws:states:${region}:${accountId}:stateMachine:`;
  const runtime: Runtime = {
    environment: {
      tableName: NAMES.table,
      bucketName: NAMES.bucket,
      busName: NAMES.bus,
      configPrefix: NAMES.configPrefix,
      agentApiUrl: endpoint,
      stateMachineArnPrefix: machineArnPrefix,
      ...(options.schedules === true && { schedules: SCHEDULE_PLACE }),
    },
    clients,
    clock,
    random: (count) => randomBytes(count),
    log: createFunctionLog(join(stateDirectory, "functions.log"), () => clock.now()),
    executors: executors.byName,
    logPlace: ({ runId, actionKey, attempt }) => logFile(runId, actionKey, attempt),
  };
  const placeholders = registerFunctions(functions, runtime);
  if (compileContext !== undefined) {
    registerRunsApi(functions, {
      ...runtime,
      machines: {
        arnPrefix: machineArnPrefix,
        namePrefix: NAMES.machinePrefix,
        roleArn: NAMES.stateMachineRole,
        functions: placeholders,
      },
      compileContext: async () => compileContext,
      logs: createFileLogs(logFile),
    });
  }
  // On AWS the ECS Task State Change event says so.
  const lost = (attemptId: string): void => {
    checkAttempt(runtime, attemptId).catch((error: unknown) => {
      runtime.log({ level: "error", attemptId, error: String(error) });
    });
  };
  const schedules = [
    { functionName: FUNCTIONS.sweep, seconds: SWEEP_INTERVAL_SECONDS },
    { functionName: FUNCTIONS.collectMachines, seconds: COLLECT_INTERVAL_HOURS * 3600 },
  ].map(({ functionName, seconds }) =>
    startSchedule({
      clock,
      intervalMilliseconds: seconds * 1000,
      run: () => functions.invoke(functionName, "{}"),
    }),
  );
  const isRunning = (attemptId: string) =>
    processes.find(attemptId)?.running === true || containers?.isRunning(attemptId) === true;
  const runs = createRunControl({ runtime, bus, isRunning, clock });

  let stopped: Promise<void> | undefined;
  const stop = async () => {
    runs.stop();
    scheduler.stop();
    await Promise.all(schedules.map((schedule) => schedule.stop()));
    // First what causes work, then the work under way, then what it needs.
    states.stop();
    await bus.stop();
    await notifications.queue.stop();
    await functions.stop();
    await Promise.all([processes.stopAll(), containers?.stop()]);
    executors.stop();
    destroyClients(clients);
    await server.stop();
  };

  try {
    await Promise.all([
      createTable(clients.dynamodb, NAMES.table),
      connectRules(clients.events).then(() => notifications.connect(runtime)),
      clients.scheduler.send(new CreateScheduleGroupCommand({ Name: NAMES.scheduleGroup })),
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
      await afterLogs?.ofRun(run);
      return run;
    },
    logFile,
    saveFiles: (run) => saveFiles(objects, stateDirectory, run),
    onEvent(listener) {
      const hear = afterLogs?.wrap(listener) ?? listener;
      return bus.listen(NAMES.bus, JSON.stringify({ source: [EVENT_SOURCE] }), (event) => {
        // What an action wrote comes before the news that it has ended.
        processes.flushLogs();
        return hear(event);
      });
    },
    deadLetters: notifications.queue.deadLetters,
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
