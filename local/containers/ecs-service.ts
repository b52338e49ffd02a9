import type { z } from "zod";
import { type LocalService, ServiceError } from "../wire/service.ts";
import {
  describeTasksInput,
  LONGEST_OVERRIDES_CHARACTERS,
  listTasksInput,
  runTaskInput,
  stopTaskInput,
} from "./tasks/run-task-input.ts";
import { describeTask } from "./tasks/task.ts";
import { createTaskDefinitions, describeDefinition, invalidInput } from "./tasks/task-definitions.ts";
import type { Tasks } from "./tasks/tasks.ts";

/** What the service is made of. */
export interface EcsServiceOptions {
  /** `arn:aws:ecs:<region>:<account>:` */
  readonly arnPrefix: string;
  /** Name of the one cluster. */
  readonly cluster: string;
  readonly tasks: Tasks;
}

/** What a client token was used for. */
interface UsedToken {
  readonly request: string;
  readonly taskArns: readonly string[];
}

/**
 * The subset of ECS that runs standalone tasks.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/Welcome.html
 */
export function createEcsService({ arnPrefix, cluster, tasks }: EcsServiceOptions): LocalService {
  const definitions = createTaskDefinitions(arnPrefix);
  const tokens = new Map<string, UsedToken>();
  const clusterArn = `${arnPrefix}cluster/${cluster}`;

  const read = <Schema extends z.ZodType<{ readonly cluster: string }>>(
    schema: Schema,
    input: unknown,
  ): z.output<Schema> => {
    const parsed = schema.safeParse(input);
    if (!parsed.success) throw invalidInput(parsed.error);
    if (parsed.data.cluster !== cluster && parsed.data.cluster !== clusterArn) {
      throw new ServiceError("ClusterNotFoundException", "Cluster not found.");
    }
    return parsed.data;
  };
  const findDefinition = (name: string) => {
    const found = definitions.find(name);
    if (found === undefined) throw new ServiceError("ClientException", "Unable to describe task definition.");
    return found;
  };

  return {
    name: "ecs",
    targetPrefix: "AmazonEC2ContainerServiceV20141113",
    jsonVersion: "1.1",
    operations: {
      async RegisterTaskDefinition(input) {
        return { taskDefinition: describeDefinition(definitions.register(input)) };
      },
      async DescribeTaskDefinition(input) {
        const name = typeof input === "object" && input !== null && "taskDefinition" in input && input.taskDefinition;
        return { taskDefinition: describeDefinition(findDefinition(String(name))), tags: [] };
      },
      async ListTaskDefinitions(input) {
        const family = typeof input === "object" && input !== null && "familyPrefix" in input && input.familyPrefix;
        const listed = definitions.list(typeof family === "string" ? family : undefined);
        return { taskDefinitionArns: listed.map(({ arn }) => arn) };
      },
      async RunTask(input) {
        const request = read(runTaskInput, input);
        const definition = findDefinition(request.taskDefinition);
        const { containerOverrides } = request.overrides;
        for (const { name } of containerOverrides) {
          if (definition.definition.containerDefinitions.every((container) => container.name !== name)) {
            throw new ServiceError(
              "InvalidParameterException",
              `Override for container named ${name} is not a container in the TaskDefinition.`,
            );
          }
        }
        if (JSON.stringify(request.overrides).length > LONGEST_OVERRIDES_CHARACTERS) {
          throw new ServiceError("InvalidParameterException", "Container Overrides length must be at most 8192");
        }
        const text = JSON.stringify(request);
        const used = request.clientToken === undefined ? undefined : tokens.get(request.clientToken);
        if (used !== undefined && used.request !== text) {
          const message = "The provided clientToken is already in use with a different RunTask request.";
          throw new ServiceError("ConflictException", message, 400, { resourceIds: used.taskArns });
        }
        const arns =
          used?.taskArns ??
          Array.from({ length: request.count }, () =>
            tasks.start({
              clusterArn,
              definition,
              overrides: containerOverrides,
              startedBy: request.startedBy,
              group: request.group ?? `family:${definition.definition.family}`,
            }),
          );
        if (request.clientToken !== undefined) tokens.set(request.clientToken, { request: text, taskArns: arns });
        return { tasks: arns.flatMap((arn) => tasks.find(arn) ?? []).map(describeTask), failures: [] };
      },
      async DescribeTasks(input) {
        const wanted = read(describeTasksInput, input).tasks.map((name) => ({ name, task: tasks.find(name) }));
        return {
          tasks: wanted.flatMap(({ task }) => (task === undefined ? [] : [describeTask(task)])),
          failures: wanted
            .filter(({ task }) => task === undefined)
            .map(({ name }) => ({ arn: tasks.arnOf(name), reason: "MISSING" })),
        };
      },
      async ListTasks(input) {
        const { startedBy, family, desiredStatus, maxResults, nextToken = "0" } = read(listTasksInput, input);
        const found = tasks
          .list()
          .filter(
            (task) =>
              task.desiredStatus === desiredStatus &&
              (startedBy === undefined || task.startedBy === startedBy) &&
              (family === undefined || task.definition.definition.family === family),
          );
        const from = Number(nextToken);
        return {
          taskArns: found.slice(from, from + maxResults).map(({ arn }) => arn),
          ...(found.length > from + maxResults && { nextToken: String(from + maxResults) }),
        };
      },
      async StopTask(input) {
        const { task: name, reason = "Task stopped by user" } = read(stopTaskInput, input);
        const task = tasks.stop(name, reason);
        if (task === undefined) {
          throw new ServiceError("InvalidParameterException", "The referenced task was not found.");
        }
        return { task: describeTask(task) };
      },
    },
  };
}
