import { createChanges } from "./changes.ts";
import { type ContainerSurroundings, runContainer } from "./run-container.ts";
import type { StopCode, Task, TaskContainer, TaskStatus } from "./task.ts";

/** What a task needs of its surroundings. */
export interface TaskSurroundings extends Pick<ContainerSurroundings, "engine" | "clock" | "environment" | "onOutput"> {
  /** The task has another status, or is to have one. */
  onChange(task: Task): void;
}

/** A task under way. */
export interface RunningTask {
  readonly task: Task;
  /** Asks the task to end; only the first reason counts. */
  stop(code: StopCode, reason: string): void;
  /** The same, but whoever calls it ends the containers by force. */
  kill(code: StopCode, reason: string): void;
  /** When it is STOPPED and nothing of it is left. */
  readonly stopped: Promise<void>;
}

/** Runs a task from PROVISIONING to STOPPED. Source: AWS, "Amazon ECS task lifecycle". */
export function startTask(task: Task, surroundings: TaskSurroundings): RunningTask {
  const { engine, clock } = surroundings;
  const changes = createChanges();
  const now = () => new Date(clock.now());
  const volumeName = (name: string) => `sluice-${task.id}-${name.replace(/[^A-Za-z0-9_.-]/g, "-")}`;
  const volumes = task.definition.definition.volumes.map(({ name }) => volumeName(name));

  const advance = (lastStatus: TaskStatus) => {
    task.lastStatus = lastStatus;
    task.version++;
    surroundings.onChange(task);
  };
  const stop = (code: StopCode, reason: string) => {
    if (task.desiredStatus === "STOPPED") return;
    task.desiredStatus = "STOPPED";
    task.stopCode = code;
    task.stoppedReason = reason;
    task.stoppingAt = now();
    advance(task.lastStatus);
    changes.notify();
  };

  const live = async (): Promise<void> => {
    advance("PENDING");
    if (await prepare()) {
      const ends = task.containers.map((container) =>
        runContainer(container, { ...surroundings, task, changes, volumeName }),
      );
      await changes.until(() => stopForEnded(task, stop) || task.containers.every(hasBegun) || undefined);
      if (task.desiredStatus === "RUNNING") {
        task.startedAt = now();
        advance("RUNNING");
      }
      await changes.until(() => stopForEnded(task, stop));
      advance("DEACTIVATING");
      advance("STOPPING");
      await Promise.all(ends);
    }
    for (const container of task.containers) container.lastStatus = "STOPPED";
    task.executionStoppedAt = now();
    advance("DEPROVISIONING");
    await engine.remove({ containers: task.containers.map(({ engineName }) => engineName), volumes }).catch(() => {
      // What is left bears the label: the end of the installation removes it, or the start of the next one.
    });
    task.stoppedAt = now();
    advance("STOPPED");
  };

  /** Images and volumes. Answers whether they are there; where not, the task is being stopped for it. */
  const prepare = async (): Promise<boolean> => {
    task.pullStartedAt = now();
    const images = [...new Set(task.containers.map(({ definition }) => definition.image))];
    const made = volumes.map((volume) => engine.createVolume(volume).catch(cannotCreateVolume));
    const pulled = images.map((image) => engine.pull(image).catch((error: Error) => cannotPull(image, error)));
    // A task that is stopped does not wait for gigabytes that nobody needs any more.
    await Promise.race([Promise.all(pulled), changes.until(() => task.desiredStatus === "STOPPED" || undefined)]);
    await Promise.all(made);
    task.pullStoppedAt = now();
    return task.desiredStatus === "RUNNING";
  };
  const cannotPull = (image: string, { message }: Error) => {
    const reason = `CannotPullContainerError: ${image}: ${message}`;
    for (const container of task.containers) {
      if (container.definition.image === image) container.reason = reason;
    }
    stop("TaskFailedToStart", reason);
  };
  const cannotCreateVolume = ({ message }: Error) => stop("TaskFailedToStart", `CannotCreateVolumeError: ${message}`);

  return {
    task,
    stop,
    kill(code, reason) {
      task.isKilled = true;
      stop(code, reason);
      changes.notify();
    },
    stopped: live(),
  };
}

function hasBegun({ hasStarted, lastStatus }: TaskContainer): boolean {
  return hasStarted || lastStatus === "STOPPED";
}

/** Stops the task when an essential container has ended, is unhealthy, or never started. Answers whether it is stopped. */
function stopForEnded(task: Task, stop: RunningTask["stop"]): true | undefined {
  if (isStopping(task)) return true;
  const essential = task.containers.filter(({ definition }) => definition.essential);
  const failed = essential.find(({ lastStatus, hasStarted }) => lastStatus === "STOPPED" && !hasStarted);
  if (failed !== undefined) stop("TaskFailedToStart", failed.reason ?? "Task failed to start");
  else if (essential.some(({ lastStatus }) => lastStatus === "STOPPED")) {
    stop("EssentialContainerExited", "Essential container in task exited");
  } else if (essential.some(({ health }) => health === "UNHEALTHY")) {
    stop("EssentialContainerExited", "Task failed container health checks");
  }
  return isStopping(task) || undefined;
}

function isStopping(task: Task): boolean {
  return task.desiredStatus === "STOPPED";
}
