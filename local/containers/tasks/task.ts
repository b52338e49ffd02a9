import type { ContainerProgress } from "./dependencies.ts";
import type { ContainerDefinition, RegisteredDefinition } from "./task-definition.ts";

/** Statuses that a task has here, in their order. Source: AWS, "Amazon ECS task lifecycle". */
export type TaskStatus =
  | "PROVISIONING"
  | "PENDING"
  | "RUNNING"
  | "DEACTIVATING"
  | "STOPPING"
  | "DEPROVISIONING"
  | "STOPPED";

/** Why a task has stopped. Source: API reference of ECS, Task. */
export type StopCode = "TaskFailedToStart" | "EssentialContainerExited" | "UserInitiated";

/** Environment that RunTask gives to a container; other overrides are not supported. */
export interface ContainerOverride {
  readonly name: string;
  readonly environment: readonly { readonly name: string; readonly value: string }[];
}

/** A container of a task, as far as it is. */
export interface TaskContainer extends ContainerProgress {
  readonly definition: ContainerDefinition;
  readonly arn: string;
  /** Its name for the engine, unique on this machine. */
  readonly engineName: string;
  /** Unguessable part of the address of its metadata. */
  readonly metadataToken: string;
  lastStatus: "PENDING" | "RUNNING" | "STOPPED";
  health: "UNKNOWN" | "HEALTHY" | "UNHEALTHY";
  hasStarted: boolean;
  exitCode?: number;
  reason?: string;
  startedAt?: Date;
  finishedAt?: Date;
}

/** A task, as far as it is. */
export interface Task {
  readonly id: string;
  readonly arn: string;
  readonly clusterArn: string;
  readonly definition: RegisteredDefinition;
  readonly startedBy: string | undefined;
  readonly group: string;
  readonly overrides: readonly ContainerOverride[];
  readonly containers: readonly TaskContainer[];
  readonly createdAt: Date;
  lastStatus: TaskStatus;
  desiredStatus: "RUNNING" | "STOPPED";
  /** Its containers are being ended by force: none is asked to end by itself. */
  isKilled?: boolean;
  /** Grows with every change. */
  version: number;
  stopCode?: StopCode;
  stoppedReason?: string;
  pullStartedAt?: Date;
  pullStoppedAt?: Date;
  startedAt?: Date;
  stoppingAt?: Date;
  executionStoppedAt?: Date;
  stoppedAt?: Date;
}

/** How DescribeTasks shows a task; the `detail` of its events is the same with times as text. */
export function describeTask(task: Task): object {
  const { definition } = task.definition;
  return {
    taskArn: task.arn,
    clusterArn: task.clusterArn,
    taskDefinitionArn: task.definition.arn,
    group: task.group,
    launchType: "FARGATE",
    connectivity: "CONNECTED",
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    version: task.version,
    cpu: definition.cpu,
    memory: definition.memory,
    startedBy: task.startedBy,
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    createdAt: task.createdAt,
    pullStartedAt: task.pullStartedAt,
    pullStoppedAt: task.pullStoppedAt,
    startedAt: task.startedAt,
    stoppingAt: task.stoppingAt,
    executionStoppedAt: task.executionStoppedAt,
    stoppedAt: task.stoppedAt,
    overrides: { containerOverrides: task.overrides },
    attachments: [],
    tags: [],
    containers: task.containers.map((container) => ({
      containerArn: container.arn,
      taskArn: task.arn,
      name: container.definition.name,
      image: container.definition.image,
      runtimeId: container.hasStarted ? container.engineName : undefined,
      lastStatus: container.lastStatus,
      exitCode: container.exitCode,
      reason: container.reason,
      healthStatus: container.health,
      networkInterfaces: [],
    })),
  };
}
