import { createHash } from "node:crypto";
import type { RegisterTaskDefinitionCommandInput } from "@aws-sdk/client-ecs";
import { AGENT_ENVIRONMENT, CONTAINERS } from "../../../agent/protocol.ts";
import type { AttemptSpecification } from "../executor.ts";
import { TerminalExecutorError } from "../executor-error.ts";
import type { EcsExecutorConfiguration } from "./configuration.ts";
import { ECS_FAMILY_PREFIX } from "./contract.ts";
import { fargateSize } from "./fargate-size.ts";
import { MAIN_WRAPPER, SHARED_ROOT } from "./main-wrapper.ts";

/** What the agent needs beside the user's container, in MiB. */
const AGENT_MEMORY_MB = 256;
/** Size of an action that names none. Source: reference/erda.md 1.12. */
const DEFAULT_RESOURCES = { cpu: 0.5, memoryMb: 2048 } as const;
/** Ephemeral storage in GiB: free up to the first, at most the second. Source: reference/aws.md 3.9. */
const STORAGE_GIB = { free: 20, least: 21, most: 200 } as const;
/** The most that Fargate waits between SIGTERM and SIGKILL: time to end the scripts and to report. */
const STOP_TIMEOUT_SECONDS = 120;

/** A task definition and the family that its content gives it: equal content has one family, registered once. */
export type TaskDefinition = RegisterTaskDefinitionCommandInput & { readonly family: string };

/**
 * The task definition of an attempt. `agent` is essential: it lays the shared volume out, forwards the log and reports
 * the end, and the task ends with it. `main` is the user's image under `MAIN_WRAPPER`. Nothing in it depends on the
 * attempt itself. Throws `TerminalExecutorError` without an image and beyond the sizes of Fargate.
 */
export function taskDefinition(
  configuration: EcsExecutorConfiguration,
  { image = configuration.defaultImage, resources }: Pick<AttemptSpecification, "image" | "resources">,
): TaskDefinition {
  if (image === undefined) {
    throw new TerminalExecutorError("The action names no image, and its executor has no default image.");
  }
  const cpu = Math.max(resources.cpu ?? DEFAULT_RESOURCES.cpu, resources.maxCpu ?? 0);
  const memoryMb = (resources.memoryMb ?? DEFAULT_RESOURCES.memoryMb) + AGENT_MEMORY_MB;
  const size = fargateSize(cpu, memoryMb);
  if (size === undefined) {
    throw new TerminalExecutorError(`Fargate has no task with ${cpu} vCPU and ${memoryMb} MiB of memory.`);
  }
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
    requiresCompatibilities: ["FARGATE" as const],
    networkMode: "awsvpc" as const,
    ...size,
    executionRoleArn: configuration.executionRoleArn,
    ...(configuration.taskRoleArn === undefined ? {} : { taskRoleArn: configuration.taskRoleArn }),
    ...ephemeralStorage(resources.diskMb),
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
        entryPoint: ["/bin/sh", "-c"],
        command: [MAIN_WRAPPER],
        dependsOn: [{ containerName: CONTAINERS.agent, condition: "START" as const }],
        mountPoints,
        stopTimeout: STOP_TIMEOUT_SECONDS,
        logConfiguration: logs(CONTAINERS.main),
      },
    ],
  };
  const hash = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  return { family: `${ECS_FAMILY_PREFIX}${hash.slice(0, 32)}`, ...content };
}

function ephemeralStorage(diskMb = 0): Pick<RegisterTaskDefinitionCommandInput, "ephemeralStorage"> {
  const gib = Math.ceil(diskMb / 1024);
  if (gib > STORAGE_GIB.most) {
    throw new TerminalExecutorError(`Fargate has no task with ${gib} GiB of disk; at most ${STORAGE_GIB.most}.`);
  }
  return gib <= STORAGE_GIB.free ? {} : { ephemeralStorage: { sizeInGiB: Math.max(gib, STORAGE_GIB.least) } };
}
