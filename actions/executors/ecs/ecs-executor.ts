import { createHash } from "node:crypto";
import {
  ConflictException,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  type ECSClient,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
  type Task,
} from "@aws-sdk/client-ecs";
import { CONTAINERS } from "../../../agent/protocol.ts";
import type { ActionExecutor, AttemptReference, AttemptSpecification } from "../executor.ts";
import { UnsupportedOperationError } from "../executor-error.ts";
import type { EcsExecutorConfiguration } from "./configuration.ts";
import { ECS_KIND, ECS_STARTED_BY_PREFIX } from "./contract.ts";
import { ecsError, runTaskFailure } from "./ecs-errors.ts";
import { type TaskDefinition, taskDefinition } from "./task-definition.ts";
import { describeTask, taskStatus } from "./task-status.ts";

/** What an ECS executor is made of. */
export interface EcsExecutorOptions {
  /** Only `send` is used. */
  readonly client: Pick<ECSClient, "send">;
  readonly configuration: EcsExecutorConfiguration;
}

/** The longest `reason` that StopTask takes. */
const LONGEST_REASON = 255;

/**
 * Runs attempts as ECS tasks on Fargate. RunTask is idempotent by a client token made from the attempt id, so that the
 * same attempt can never run twice; its deadline is kept by the agent and, where that fails, by the sweep.
 */
export function createEcsExecutor({ client, configuration }: EcsExecutorOptions): ActionExecutor {
  const { cluster } = configuration;
  const registered = new Set<string>();

  const register = async (definition: TaskDefinition): Promise<void> => {
    if (registered.has(definition.family)) {
      return;
    }
    const known = await client
      .send(new DescribeTaskDefinitionCommand({ taskDefinition: definition.family }))
      // ECS answers a family that it does not know with a ClientException; a real fault comes again from the next call.
      .catch(() => undefined);
    if (known?.taskDefinition?.status !== "ACTIVE") {
      await attemptTo("RegisterTaskDefinition", client.send(new RegisterTaskDefinitionCommand(definition)));
    }
    registered.add(definition.family);
  };

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
    const task = await find(attempt);
    if (task?.taskArn !== undefined && task.lastStatus !== "STOPPED") {
      const request = { cluster, task: task.taskArn, reason: reason.slice(0, LONGEST_REASON) };
      await attemptTo("StopTask", client.send(new StopTaskCommand(request)));
    }
  };

  return {
    kind: ECS_KIND.kind,
    name: configuration.name,
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
    // A task is removed by ECS an hour after it has stopped; task definitions are shared.
    remove: (attempt) => stop(attempt, "The attempt is removed."),
  };
}

function runTask(
  configuration: EcsExecutorConfiguration,
  attempt: AttemptSpecification,
  family: string,
): RunTaskCommand {
  const { capacityProviders, subnets, securityGroups, assignPublicIp } = configuration;
  return new RunTaskCommand({
    cluster: configuration.cluster,
    taskDefinition: family,
    count: 1,
    clientToken: attemptHash(attempt.attemptId),
    startedBy: startedBy(attempt.attemptId),
    ...(capacityProviders.length === 0
      ? { launchType: "FARGATE" }
      : {
          capacityProviderStrategy: capacityProviders.map(({ name, weight }) => ({ capacityProvider: name, weight })),
        }),
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: [...subnets],
        securityGroups: [...securityGroups],
        assignPublicIp: assignPublicIp ? "ENABLED" : "DISABLED",
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

async function attemptTo<Output>(operation: string, call: Promise<Output>): Promise<Output> {
  try {
    return await call;
  } catch (error) {
    throw ecsError(operation, error);
  }
}
