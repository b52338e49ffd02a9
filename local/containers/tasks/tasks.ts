import type { Clock } from "../../clock.ts";
import type { ContainerEngine } from "../engine/engine.ts";
import { type RunningTask, startTask } from "./run-task.ts";
import type { ContainerOverride, Task, TaskContainer } from "./task.ts";
import type { RegisteredDefinition } from "./task-definition.ts";

/** The tasks of one cluster. */
export interface Tasks {
  /** Starts a task; answers its ARN at once. */
  start(request: TaskRequest): string;
  /** By ARN or id. */
  find(name: string): Task | undefined;
  /** The ARN that a task of this ARN or id has, whether it is there or not. */
  arnOf(name: string): string;
  /** Every task, in the order in which they were started; a stopped one for an hour, as in ECS. */
  list(): readonly Task[];
  /** Asks a task to end; answers it as it is then. */
  stop(name: string, reason: string): Task | undefined;
  /** The same for whoever ends its containers by force: none is asked to end by itself. */
  kill(name: string, reason: string): void;
  /** Resolves when the task is STOPPED; at once for one that is not there. */
  stopped(name: string): Promise<void>;
  /** The container whose metadata stand at this address. */
  byMetadataToken(token: string): { readonly task: Task; readonly container: TaskContainer } | undefined;
}

/** What a task is started with. */
export interface TaskRequest {
  readonly clusterArn: string;
  readonly definition: RegisteredDefinition;
  readonly overrides: readonly ContainerOverride[];
  readonly startedBy: string | undefined;
  readonly group: string;
}

/** What tasks are made of. */
export interface TasksOptions {
  readonly engine: ContainerEngine;
  readonly clock: Clock;
  /** Lower-case hex digits, so many; unguessable. */
  readonly randomHex: (digits: number) => string;
  /** `arn:aws:ecs:<region>:<account>:task/<cluster>/` */
  readonly arnPrefix: string;
  /** What ECS adds to the environment of a container. */
  environment(task: Task, container: TaskContainer): Readonly<Record<string, string>>;
  onChange(task: Task): void;
  onOutput(task: Task, container: TaskContainer, chunk: Buffer): void;
}

/** How long ECS shows a stopped task. */
const SHOWN_MILLISECONDS = 3_600_000;

/** No task yet. */
export function createTasks(options: TasksOptions): Tasks {
  const { engine, clock, randomHex, arnPrefix } = options;
  const running = new Map<string, RunningTask>();

  const create = (request: TaskRequest): Task => {
    const id = randomHex(32);
    const arn = `${arnPrefix}${id}`;
    return {
      ...request,
      id,
      arn,
      createdAt: new Date(clock.now()),
      lastStatus: "PROVISIONING",
      desiredStatus: "RUNNING",
      version: 1,
      containers: request.definition.definition.containerDefinitions.map((definition) => ({
        definition,
        arn: `${arn.replace(":task/", ":container/")}/${randomHex(32)}`,
        engineName: `sluice-${id}-${definition.name}`,
        metadataToken: randomHex(32),
        lastStatus: "PENDING",
        health: "UNKNOWN",
        hasStarted: false,
      })),
    };
  };
  const forgetOld = () => {
    for (const [id, { task }] of running) {
      if (task.stoppedAt !== undefined && task.stoppedAt.getTime() < clock.now() - SHOWN_MILLISECONDS) {
        running.delete(id);
      }
    }
  };
  const arnOf = (name: string) => (name.startsWith("arn:") ? name : `${arnPrefix}${name}`);
  const byName = (name: string) =>
    arnOf(name).startsWith(arnPrefix) ? running.get(arnOf(name).slice(arnPrefix.length)) : undefined;

  return {
    start(request) {
      forgetOld();
      const task = create(request);
      options.onChange(task);
      running.set(
        task.id,
        startTask(task, {
          engine,
          clock,
          environment: (container) => options.environment(task, container),
          onOutput: (container, chunk) => options.onOutput(task, container, chunk),
          onChange: options.onChange,
        }),
      );
      return task.arn;
    },
    find: (name) => byName(name)?.task,
    arnOf,
    list: () => [...running.values()].map(({ task }) => task),
    stop(name, reason) {
      const found = byName(name);
      found?.stop("UserInitiated", reason);
      return found?.task;
    },
    kill(name, reason) {
      byName(name)?.kill("UserInitiated", reason);
    },
    stopped: async (name) => await byName(name)?.stopped,
    byMetadataToken(token) {
      for (const { task } of running.values()) {
        const container = task.containers.find(({ metadataToken }) => metadataToken === token);
        if (container !== undefined) return { task, container };
      }
      return undefined;
    },
  };
}
