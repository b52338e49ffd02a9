import { randomBytes } from "node:crypto";
import type { Json } from "../../compiler/index.ts";
import type { Clock } from "../clock.ts";
import type { EventContent } from "../events/event.ts";
import type { LogLine } from "../processes/index.ts";
import type { WireRequest, WireResponse } from "../wire/http.ts";
import type { LocalService } from "../wire/service.ts";
import { attemptIdOf, createAttemptLogs } from "./attempt-log.ts";
import { createEcsService } from "./ecs-service.ts";
import type { ContainerEngine } from "./engine/engine.ts";
import { answerMetadata, METADATA_PATH } from "./metadata.ts";
import { describeTask, type Task } from "./tasks/task.ts";
import { createTasks } from "./tasks/tasks.ts";

/** What the ECS of an installation is made of. */
export interface LocalContainersOptions {
  readonly engine: ContainerEngine;
  readonly stateDirectory: string;
  readonly region: string;
  readonly accountId: string;
  /** Name of the one cluster. */
  readonly cluster: string;
  readonly clock: Clock;
  /** Base URL of the installation; asked for when a container starts. */
  readonly endpoint: () => string;
  /** An event of ECS on the bus `default`. */
  readonly publish: (event: EventContent) => void;
  readonly onLogLine?: (line: LogLine) => void;
}

/** ECS on this machine. */
export interface LocalContainers {
  readonly service: LocalService;
  /** Answers the task metadata endpoint; `undefined` for any other request. */
  metadata(request: WireRequest): WireResponse | undefined;
  /** Whether something of the attempt still runs or is being removed. */
  isRunning(attemptId: string): boolean;
  /** Resolves when nothing of an attempt is left, and all that it has written was handed on. */
  ended(attemptId: string): Promise<void>;
  /** Ends every container of this installation and removes everything of it. */
  stop(): Promise<void>;
}

/** An ECS whose tasks are containers of podman or docker. */
export function createLocalContainers(options: LocalContainersOptions): LocalContainers {
  const { engine, region, accountId, cluster, clock } = options;
  const arnPrefix = `arn:aws:ecs:${region}:${accountId}:`;
  const logs = createAttemptLogs(options.stateDirectory, options.onLogLine);

  const publish = (task: Task) =>
    options.publish({
      source: "aws.ecs",
      "detail-type": "ECS Task State Change",
      resources: [task.arn],
      detail: inJson({ ...describeTask(task), updatedAt: new Date(clock.now()) }),
    });

  const tasks = createTasks({
    engine,
    clock,
    randomHex: (digits) => randomBytes(digits / 2).toString("hex"),
    arnPrefix: `${arnPrefix}task/${cluster}/`,
    // What Fargate puts there. Source: AWS, "Task metadata endpoint version 4".
    environment: (_task, { metadataToken }) => ({
      AWS_EXECUTION_ENV: "AWS_ECS_FARGATE",
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      ECS_CONTAINER_METADATA_URI_V4: `${options.endpoint()}${METADATA_PATH}${metadataToken}`,
    }),
    onOutput: (task, container, chunk) => logs.write(task, container, chunk),
    onChange(task) {
      if (task.lastStatus === "PROVISIONING") logs.begin(task);
      if (task.lastStatus === "STOPPED") {
        for (const container of task.containers) logs.end(task, container);
      }
      publish(task);
    },
  });

  const tasksOf = (attemptId: string) => tasks.list().filter((task) => attemptIdOf(task) === attemptId);

  return {
    service: createEcsService({ arnPrefix, cluster, tasks }),
    metadata: (request) => (request.path.startsWith(METADATA_PATH) ? answerMetadata(tasks, request) : undefined),
    isRunning: (attemptId) => tasksOf(attemptId).some(({ lastStatus }) => lastStatus !== "STOPPED"),
    async ended(attemptId) {
      await Promise.all(tasksOf(attemptId).map(({ arn }) => tasks.stopped(arn)));
    },
    async stop() {
      const left = tasks.list().filter(({ lastStatus }) => lastStatus !== "STOPPED");
      // By force: who stops an installation does not wait for scripts to clean up after themselves.
      for (const { arn } of left) tasks.kill(arn, "The installation stops.");
      const containers = left.flatMap((task) => task.containers.map(({ engineName }) => engineName));
      await engine.remove({ containers, volumes: [] });
      await Promise.all(left.map(({ arn }) => tasks.stopped(arn)));
      engine.close();
    },
  };
}

/** As it would be on the wire: times as text, nothing that is not there. */
function inJson(value: object): { readonly [name: string]: Json } {
  return JSON.parse(JSON.stringify(value));
}
