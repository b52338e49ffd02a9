import { createHash } from "node:crypto";
import {
  ConflictException,
  DescribeTasksCommand,
  type ECSClient,
  InvalidParameterException,
  ListTasksCommand,
  RunTaskCommand,
  StopTaskCommand,
  type Task,
} from "@aws-sdk/client-ecs";
import { CONTAINERS } from "../../../agent/protocol.ts";
import type { ActionExecutor, AttemptReference, AttemptSpecification } from "../executor.ts";
import { UnsupportedOperationError } from "../executor-error.ts";
import { ECS_KIND, ECS_STARTED_BY_PREFIX, type EcsExecutorConfiguration } from "./contract.ts";
import { attemptTo, ecsError, runTaskFailure } from "./ecs-errors.ts";
import { taskDefinition } from "./task-definition.ts";
import { createTaskDefinitions } from "./task-definitions.ts";
import { taskSize } from "./task-size.ts";
import { describeTask, taskStatus } from "./task-status.ts";

/** What an ECS executor is made of. */
export interface EcsExecutorOptions {
  /** Name of the configured instance, as pipelines choose it. */
  readonly name: string;
  /** Only `send` is used. */
  readonly client: Pick<ECSClient, "send">;
  readonly configuration: EcsExecutorConfiguration;
}

/** The longest `reason` that StopTask takes. */
const LONGEST_REASON = 255;

/**
 * Runs attempts as ECS tasks on what its configuration says. RunTask is idempotent by a client token made from the attempt id, so that the
 * same attempt can never run twice; its deadline is kept by the agent and, where that fails, by the sweep.
 */
export function createEcsExecutor({ name, client, configuration }: EcsExecutorOptions): ActionExecutor {
  const { cluster } = configuration;
  const { register } = createTaskDefinitions(client);

  const find = async ({ attemptId, handle }: AttemptReference): Promise<Task | undefined> => {
    const tasks = handle === undefined ? await listTasks(attemptId) : [handle];
    if (tasks.length === 0) {
      return undefined;
    }
    const described = await attemptTo("DescribeTasks", client.send(new DescribeTasksCommand({ cluster, tasks })));
    return described.tasks?.[0];
  };

  const listTasks = async (attemptId: string): Promise<string[]> => {
    for (const desiredStatus of ["RUNNING", "STOPPED"] as const) {
      const query = { cluster, startedBy: startedBy(attemptId), desiredStatus };
      const { taskArns = [] } = await attemptTo("ListTasks", client.send(new ListTasksCommand(query)));
      if (taskArns.length > 0) {
        return taskArns;
      }
    }
    return [];
  };

  const stop = async (attempt: AttemptReference, reason: string): Promise<void> => {
    // One that has stopped is not harmed by it, so nobody has to ask first: cancelling fifty takes fifty calls.
    const [task] = attempt.handle === undefined ? await listTasks(attempt.attemptId) : [attempt.handle];
    if (task === undefined) {
      return;
    }
    const request = { cluster, task, reason: reason.slice(0, LONGEST_REASON) };
    try {
      await client.send(new StopTaskCommand(request));
    } catch (error) {
      // ECS forgets a task an hour after it has stopped: then there is nothing to stop.
      if (!(error instanceof InvalidParameterException)) {
        throw ecsError("StopTask", error);
      }
    }
  };

  return {
    kind: ECS_KIND.kind,
    name,
    async exist(attempt) {
      const task = await find(attempt);
      return task?.taskArn === undefined
        ? { created: false, started: false }
        : { created: true, started: true, handle: task.taskArn };
    },
    create: (attempt) => register(taskDefinition(configuration, attempt)),
    async start(attempt) {
      if (attempt.handle !== undefined) {
        return attempt.handle;
      }
      const definition = taskDefinition(configuration, attempt);
      await register(definition);
      try {
        const { tasks = [], failures = [] } = await client.send(runTask(configuration, attempt, definition.family));
        const taskArn = tasks[0]?.taskArn;
        if (taskArn === undefined) {
          throw runTaskFailure(failures);
        }
        return taskArn;
      } catch (error) {
        if (error instanceof ConflictException) {
          // The attempt was started before, with another nonce: that task is the one.
          const [taskArn] = error.resourceIds ?? (await listTasks(attempt.attemptId));
          if (taskArn !== undefined) {
            return taskArn;
          }
        }
        throw error instanceof Error && error.name.startsWith("Sluice.") ? error : ecsError("RunTask", error);
      }
    },
    async update() {
      throw new UnsupportedOperationError(ECS_KIND.kind, "update");
    },
    status: async (attempt) => taskStatus(await find(attempt)),
    async inspect(attempt) {
      const task = await find(attempt);
      return task === undefined ? `No ECS task was started for attempt ${attempt.attemptId}.` : describeTask(task);
    },
    cancel: stop,
    log: ({ handle }) => {
      const task = handle?.split("/").at(-1);
      const { region, logGroup: group } = configuration;
      return task === undefined
        ? undefined
        : { region, group, stream: `${CONTAINERS.agent}/${CONTAINERS.agent}/${task}` };
    },
    allotment: ({ resources }) => taskSize(configuration, resources).note,
    // A task is removed by ECS an hour after it has stopped; task definitions are shared.
    remove: (attempt) => stop(attempt, "The attempt is removed."),
  };
}

function runTask(
  configuration: EcsExecutorConfiguration,
  attempt: AttemptSpecification,
  family: string,
): RunTaskCommand {
  const { launch, capacityProviders, subnets, securityGroups, assignPublicIp } = configuration;
  return new RunTaskCommand({
    cluster: configuration.cluster,
    taskDefinition: family,
    count: 1,
    clientToken: attemptHash(attempt.attemptId),
    startedBy: startedBy(attempt.attemptId),
    ...(capacityProviders.length === 0
      ? { launchType: launch === "fargate" ? "FARGATE" : "EC2" }
      : {
          capacityProviderStrategy: capacityProviders.map(({ name, weight, base }) => ({
            capacityProvider: name,
            weight,
            base,
          })),
        }),
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: [...subnets],
        ...(securityGroups.length > 0 && { securityGroups: [...securityGroups] }),
        // On instances the call refuses the key, whatever its value.
        ...(launch === "fargate" && { assignPublicIp: assignPublicIp ? "ENABLED" : "DISABLED" }),
      },
    },
    // Overrides are visible to whoever may describe the task: the nonce in them can be used once, and by then it was.
    overrides: {
      containerOverrides: [
        {
          name: CONTAINERS.agent,
          environment: Object.entries(attempt.agentEnvironment).map(([name, value]) => ({ name, value })),
        },
      ],
    },
  });
}

/** At most 64 characters, as `clientToken` wants it. */
function attemptHash(attemptId: string): string {
  return createHash("sha256").update(attemptId).digest("hex");
}

/** 39 characters of `[a-z0-9-]`; attempt ids may be longer than `startedBy` takes, and hold dots. */
function startedBy(attemptId: string): string {
  return `${ECS_STARTED_BY_PREFIX}${attemptHash(attemptId).slice(0, 32)}`;
}
