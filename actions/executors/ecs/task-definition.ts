import { createHash } from "node:crypto";
import type { Compatibility, RegisterTaskDefinitionCommandInput } from "@aws-sdk/client-ecs";
import { AGENT_ENVIRONMENT, CONTAINERS } from "../../../agent/protocol.ts";
import type { AttemptSpecification } from "../executor.ts";
import { TerminalExecutorError } from "../executor-error.ts";
import { ECS_FAMILY_PREFIX, type EcsExecutorConfiguration } from "./contract.ts";
import { MAIN_WRAPPER, SHARED_ROOT } from "./main-wrapper.ts";
import { AGENT_MEMORY_MB, taskSize } from "./task-size.ts";

/** The most that Fargate waits between SIGTERM and SIGKILL: time to end the scripts and to report. */
const STOP_TIMEOUT_SECONDS = 120;

/** What a task definition must fit, by what the tasks run on. */
const COMPATIBILITIES = {
  fargate: "FARGATE",
  ec2: "EC2",
  managedInstances: "MANAGED_INSTANCES",
} as const satisfies { readonly [launch in EcsExecutorConfiguration["launch"]]: Compatibility };

/** A task definition and the family that its content gives it: equal content has one family, registered once. */
export type TaskDefinition = RegisterTaskDefinitionCommandInput & { readonly family: string };

/**
 * The task definition of an attempt. `agent` is essential: it lays the shared volume out, forwards the log and reports
 * the end, and the task ends with it. `main` is the user's image under `MAIN_WRAPPER`; the agent sees in the task's
 * metadata when it ends, also where it was killed together with its wrapper. Nothing in it depends on the attempt
 * itself. Throws `TerminalExecutorError` without an image and beyond the sizes of Fargate.
 */
export function taskDefinition(
  configuration: EcsExecutorConfiguration,
  { image = configuration.defaultImage, resources }: Pick<AttemptSpecification, "image" | "resources">,
): TaskDefinition {
  if (image === undefined) {
    throw new TerminalExecutorError("The action names no image, and its executor has no default image.");
  }
  const size = taskSize(configuration, resources);
  const logs = (prefix: string) => ({
    logDriver: "awslogs" as const,
    options: {
      "awslogs-group": configuration.logGroup,
      "awslogs-region": configuration.region,
      "awslogs-stream-prefix": prefix,
    },
  });
  const volume = { name: "sluice" };
  const mountPoints = [{ sourceVolume: volume.name, containerPath: SHARED_ROOT }];
  const content = {
    requiresCompatibilities: [COMPATIBILITIES[configuration.launch]],
    runtimePlatform: { cpuArchitecture: configuration.architecture, operatingSystemFamily: "LINUX" as const },
    networkMode: "awsvpc" as const,
    ...size.task,
    executionRoleArn: configuration.executionRoleArn,
    ...(configuration.taskRoleArn === undefined ? {} : { taskRoleArn: configuration.taskRoleArn }),
    ...(size.ephemeralStorageGib === undefined ? {} : { ephemeralStorage: { sizeInGiB: size.ephemeralStorageGib } }),
    volumes: [volume],
    containerDefinitions: [
      {
        name: CONTAINERS.agent,
        image: configuration.agentImage,
        essential: true,
        memoryReservation: AGENT_MEMORY_MB,
        environment: [
          { name: AGENT_ENVIRONMENT.root, value: SHARED_ROOT },
          { name: AGENT_ENVIRONMENT.runner, value: "container" },
        ],
        mountPoints,
        stopTimeout: STOP_TIMEOUT_SECONDS,
        logConfiguration: logs(CONTAINERS.agent),
      },
      {
        name: CONTAINERS.main,
        image,
        essential: false,
        ...size.main,
        entryPoint: ["/bin/sh", "-c"],
        command: [MAIN_WRAPPER],
        // Depends on nothing: a dependency is reversed when the task is stopped, so that the agent, which ends the scripts,
        // would be asked only after `main` had used up its grace. Source: API reference of ECS, ContainerDependency.
        mountPoints,
        stopTimeout: STOP_TIMEOUT_SECONDS,
        logConfiguration: logs(CONTAINERS.main),
      },
    ],
  };
  const hash = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  return { family: `${ECS_FAMILY_PREFIX}${hash.slice(0, 32)}`, ...content };
}
