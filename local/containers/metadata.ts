import { textResponse, type WireRequest, type WireResponse } from "../wire/http.ts";
import type { Task, TaskContainer } from "./tasks/task.ts";
import type { Tasks } from "./tasks/tasks.ts";

/** Where the metadata stand on the endpoint of the installation. */
export const METADATA_PATH = "/v4/";

/**
 * The task metadata endpoint, version 4, as far as a container needs it to know the others of its task: `<address>` for
 * itself, `<address>/task` for all. Who does not know the address gets nothing, and no answer holds an environment.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-response.html
 */
export function answerMetadata(tasks: Tasks, { method, path }: Pick<WireRequest, "method" | "path">): WireResponse {
  const [token = "", page = "", ...more] = path.slice(METADATA_PATH.length).split("/");
  const found = method === "GET" && more.length === 0 ? tasks.byMetadataToken(token) : undefined;
  if (found !== undefined && page === "") return json(describeContainer(found.task, found.container));
  if (found !== undefined && page === "task") return json(describe(found.task));
  return textResponse(404, "text/plain", "404 page not found\n");
}

function json(content: object): WireResponse {
  return textResponse(200, "application/json", JSON.stringify(content));
}

function describe(task: Task): object {
  const { definition, revision } = task.definition;
  return {
    Cluster: task.clusterArn,
    TaskARN: task.arn,
    Family: definition.family,
    Revision: String(revision),
    DesiredStatus: task.desiredStatus,
    KnownStatus: task.lastStatus,
    ...(definition.cpu !== undefined &&
      definition.memory !== undefined && {
        Limits: { CPU: Number(definition.cpu) / 1024, Memory: Number(definition.memory) },
      }),
    PullStartedAt: task.pullStartedAt,
    PullStoppedAt: task.pullStoppedAt,
    AvailabilityZone: "local",
    LaunchType: "FARGATE",
    Containers: task.containers.map((container) => describeContainer(task, container)),
  };
}

function describeContainer(task: Task, container: TaskContainer): object {
  const { name, image, logConfiguration } = container.definition;
  const { definition, revision } = task.definition;
  return {
    DockerId: container.engineName,
    Name: name,
    DockerName: container.engineName,
    Image: image,
    Labels: {
      "com.amazonaws.ecs.cluster": task.clusterArn,
      "com.amazonaws.ecs.container-name": name,
      "com.amazonaws.ecs.task-arn": task.arn,
      "com.amazonaws.ecs.task-definition-family": definition.family,
      "com.amazonaws.ecs.task-definition-version": String(revision),
    },
    DesiredStatus: task.desiredStatus,
    KnownStatus: container.lastStatus,
    ExitCode: container.exitCode,
    CreatedAt: task.createdAt,
    StartedAt: container.startedAt,
    FinishedAt: container.finishedAt,
    Type: "NORMAL",
    LogDriver: logConfiguration?.logDriver,
    LogOptions: logConfiguration?.options,
    ContainerARN: container.arn,
  };
}
