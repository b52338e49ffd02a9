import { AGENT_ENVIRONMENT, CONTAINERS } from "../../../agent/protocol.ts";
import type { Json } from "../../../compiler/index.ts";
import type { Random } from "../random.ts";
import type { VirtualClock } from "../virtual-clock.ts";

/** A program in a task's container `agent`. */
export interface Program {
  /** SIGTERM. */
  terminate(): void;
  /** SIGKILL, or the host is gone: it does nothing any more. */
  vanish(): void;
}

/** A task, as DescribeTasks shows it. */
export interface Task {
  readonly taskArn: string;
  readonly attemptId: string;
  readonly startedBy: string;
  readonly overrides: object;
  lastStatus: "PROVISIONING" | "RUNNING" | "STOPPED";
  desiredStatus: "RUNNING" | "STOPPED";
  version: number;
  stopCode?: string;
  stoppedReason?: string;
  readonly containers: { readonly name: string; lastStatus: string; exitCode?: number; reason?: string }[];
  program?: Program;
}

/** What an ECS cluster is connected to. */
export interface SimulatedEcsOptions {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly startProgram: (environment: ReadonlyMap<string, string>, onExit: () => void) => Program;
  readonly onStopped: (detail: { readonly [key: string]: Json }) => void;
  readonly effectOn: (index: number) => "lost" | "spot" | "failsToStart" | "slow" | undefined;
}

const STOP_TIMEOUT_SECONDS = 120;
const DEPROVISIONING_SECONDS = 5;
/** More than an attempt has to start: whoever waits gives it up. */
const LATE_SECONDS = 1500;

interface RunTaskInput {
  readonly clientToken?: string;
  readonly startedBy?: string;
  readonly overrides?: {
    readonly containerOverrides?: readonly {
      readonly environment?: readonly { readonly name?: string; readonly value?: string }[];
    }[];
  };
}

/** The part of ECS that the executor calls, with time and hosts that fail. */
export class SimulatedEcs {
  readonly tasks: Task[] = [];
  readonly #byToken = new Map<string, Task>();
  readonly #definitions = new Set<string>();
  readonly #options: SimulatedEcsOptions;

  constructor(options: SimulatedEcsOptions) {
    this.#options = options;
  }

  /** Answers a command of the SDK. */
  async send(command: { readonly input: object }): Promise<object> {
    const operation = command.constructor.name.replace(/Command$/, "");
    const input = command.input as Record<string, unknown>;
    switch (operation) {
      case "DescribeTaskDefinition": {
        const family = String(input["taskDefinition"]);
        if (!this.#definitions.has(family)) throw fault("ClientException", "Unable to describe task definition.");
        return { taskDefinition: { family, status: "ACTIVE" } };
      }
      case "RegisterTaskDefinition":
        this.#definitions.add(String(input["family"]));
        return { taskDefinition: { family: input["family"], status: "ACTIVE" } };
      case "RunTask":
        return { tasks: [this.#runTask(input)], failures: [] };
      case "DescribeTasks": {
        const wanted = input["tasks"] as readonly string[];
        return { tasks: this.tasks.filter(({ taskArn }) => wanted.includes(taskArn)).map(shown), failures: [] };
      }
      case "ListTasks": {
        const found = this.tasks.filter(
          (task) => task.startedBy === input["startedBy"] && task.desiredStatus === input["desiredStatus"],
        );
        return { taskArns: found.map(({ taskArn }) => taskArn) };
      }
      case "StopTask":
        return this.#stopTask(String(input["task"]));
      default:
        throw new Error(`ECS has no operation "${operation}" here.`);
    }
  }

  #runTask(input: RunTaskInput): object {
    const token = input.clientToken ?? "";
    const known = this.#byToken.get(token);
    if (known !== undefined) {
      if (JSON.stringify(known.overrides) === JSON.stringify(input.overrides ?? {})) return shown(known);
      throw Object.assign(fault("ConflictException", "The token was used."), { resourceIds: [known.taskArn] });
    }
    const environment = new Map(
      (input.overrides?.containerOverrides ?? [])
        .flatMap((override) => override.environment ?? [])
        .map(({ name = "", value = "" }) => [name, value]),
    );
    const index = this.tasks.length;
    const task: Task = {
      taskArn: `arn:aws:ecs:us-east-1:000000000000:task/sluice/${index.toString(16).padStart(32, "0")}`,
      attemptId: environment.get(AGENT_ENVIRONMENT.attempt) ?? "",
      startedBy: input.startedBy ?? "",
      overrides: input.overrides ?? {},
      lastStatus: "PROVISIONING",
      desiredStatus: "RUNNING",
      version: 1,
      containers: [CONTAINERS.agent, CONTAINERS.main].map((name) => ({ name, lastStatus: "PENDING" })),
    };
    this.tasks.push(task);
    this.#byToken.set(token, task);
    this.#live(task, environment, this.#options.effectOn(index));
    return shown(task);
  }

  #live(task: Task, environment: ReadonlyMap<string, string>, effect: string | undefined): void {
    const { clock, random } = this.#options;
    const startsAfter = (effect === "slow" ? LATE_SECONDS : 2) + random.below(20);
    clock.schedule(startsAfter * 1000, () => {
      if (task.desiredStatus === "STOPPED") return;
      if (effect === "failsToStart") {
        return this.#stopped(
          task,
          "TaskFailedToStart",
          "CannotPullContainerError: pull image manifest has been retried",
        );
      }
      task.lastStatus = "RUNNING";
      task.version++;
      task.program = this.#options.startProgram(environment, () => {
        clock.schedule((1 + random.below(3)) * 1000, () =>
          this.#stopped(task, "EssentialContainerExited", "Essential container in task exited"),
        );
      });
      if (effect === "lost" || effect === "spot") {
        clock.schedule(random.below(40) * 1000, () => this.#take(task, effect));
      }
    });
  }

  /** The host is taken away. */
  #take(task: Task, effect: "lost" | "spot"): void {
    if (task.lastStatus === "STOPPED") return;
    if (effect === "lost") {
      this.#stopped(task, "TerminationNotice", "Host EC2 terminated.");
      return;
    }
    task.desiredStatus = "STOPPED";
    task.program?.terminate();
    this.#options.clock.schedule(STOP_TIMEOUT_SECONDS * 1000, () =>
      this.#stopped(task, "SpotInterruption", "Your Spot Task was interrupted."),
    );
  }

  #stopTask(taskArn: string): object {
    const task = this.tasks.find((known) => known.taskArn === taskArn);
    if (task === undefined) throw fault("InvalidParameterException", "The referenced task was not found.");
    if (task.lastStatus === "PROVISIONING") {
      this.#options.clock.schedule(DEPROVISIONING_SECONDS * 1000, () =>
        this.#stopped(task, "UserInitiated", "Task stopped before it ran."),
      );
    } else if (task.desiredStatus === "RUNNING") {
      task.program?.terminate();
      this.#options.clock.schedule(STOP_TIMEOUT_SECONDS * 1000, () =>
        this.#stopped(task, "UserInitiated", "Task stopped by user"),
      );
    }
    task.desiredStatus = "STOPPED";
    return { task: shown(task) };
  }

  #stopped(task: Task, stopCode: string, stoppedReason: string): void {
    if (task.lastStatus === "STOPPED") return;
    task.program?.vanish();
    task.version++;
    Object.assign(task, { lastStatus: "STOPPED", desiredStatus: "STOPPED", stopCode, stoppedReason });
    for (const container of task.containers) container.lastStatus = "STOPPED";
    this.#options.onStopped(JSON.parse(JSON.stringify(shown(task))));
  }
}

/** A copy, as an answer is one. */
function shown({ program, ...task }: Task): Record<string, unknown> {
  return structuredClone(task);
}

function fault(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } });
}
