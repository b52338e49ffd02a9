import type { Clock } from "../../clock.ts";
import type { ContainerEngine, ContainerSpecification } from "../engine/engine.ts";
import type { Changes } from "./changes.ts";
import { cpuShares, memoryLimit } from "./container-limits.ts";
import { mayStop, readiness } from "./dependencies.ts";
import { watchHealth } from "./health.ts";
import type { Task, TaskContainer } from "./task.ts";

/** Exit code that ECS gives a container whose dependencies can never be met: as if it had been asked to end. */
const NEVER_STARTED = 143;

/** What the containers of a task share. */
export interface ContainerSurroundings {
  readonly task: Task;
  readonly engine: ContainerEngine;
  readonly clock: Clock;
  readonly changes: Changes;
  /** What ECS adds to the environment of a container. */
  environment(container: TaskContainer): Readonly<Record<string, string>>;
  /** Name of a volume of the task, for the engine. */
  volumeName(name: string): string;
  onOutput(container: TaskContainer, chunk: Buffer): void;
}

/**
 * One container from waiting for others to its end, which stands in `container` when this resolves. Never rejects: what
 * goes wrong is its reason. Sources: API reference of ECS, ContainerDependency; AWS, "Stopped tasks error codes".
 */
export async function runContainer(container: TaskContainer, surroundings: ContainerSurroundings): Promise<void> {
  const { task, engine, changes, clock } = surroundings;
  const end = (outcome: { exitCode?: number; reason?: string }) => {
    Object.assign(container, outcome, { lastStatus: "STOPPED" });
    if (container.hasStarted) container.finishedAt = new Date(clock.now());
    changes.notify();
  };

  const never = await mayStart(container, surroundings);
  if (never !== undefined) return end(never);
  try {
    await engine.create(specification(container, surroundings));
    // A task that was stopped meanwhile starts nothing any more.
    if (task.desiredStatus === "STOPPED") return end({});
    await engine.start(container.engineName);
  } catch (error) {
    return end({ reason: `CannotStartContainerError: ${messageOf(error)}` });
  }
  container.hasStarted = true;
  container.startedAt = new Date(clock.now());
  container.lastStatus = "RUNNING";
  changes.notify();

  const stopWatching = watchHealth(container, surroundings);
  const following = engine.follow(container.engineName, (chunk) => surroundings.onOutput(container, chunk));
  void stopInTurn(container, surroundings);
  try {
    const { exitCode, outOfMemory } = await following;
    end({ exitCode, ...(outOfMemory && { reason: "OutOfMemoryError: Container killed due to memory usage" }) });
  } catch (error) {
    end({ reason: `CannotInspectContainerError: ${messageOf(error)}` });
  } finally {
    stopWatching();
  }
}

/** Waits until the container may start. Answers how it ends where it never will. */
async function mayStart(
  container: TaskContainer,
  { task, changes, clock }: ContainerSurroundings,
): Promise<{ readonly exitCode?: number; readonly reason?: string } | undefined> {
  let isLate = false;
  const { startTimeout } = container.definition;
  const cancel =
    startTimeout === undefined
      ? () => undefined
      : clock.schedule(startTimeout * 1000, () => {
          isLate = true;
          changes.notify();
        });
  const verdict = await changes.until(() => {
    if (task.desiredStatus === "STOPPED") return "stopped" as const;
    const judged = readiness(container, task.containers);
    if (judged.kind !== "waiting") return judged;
    return isLate ? { kind: "never" as const, why: `its dependencies took longer than ${startTimeout} s` } : undefined;
  });
  cancel();
  if (verdict === "stopped") return {};
  return verdict.kind === "never"
    ? { exitCode: NEVER_STARTED, reason: `CannotStartContainerError: ${verdict.why}` }
    : undefined;
}

/** When the task is being stopped: first those that depend on this container, then it. SIGTERM, and after its grace SIGKILL. */
async function stopInTurn(container: TaskContainer, surroundings: ContainerSurroundings): Promise<void> {
  const { task, engine, changes, clock } = surroundings;
  const isOver = () => container.lastStatus === "STOPPED" || task.isKilled === true;
  const signal = (name: "SIGTERM" | "SIGKILL") =>
    engine.signal(container.engineName, name).catch((error: unknown) => {
      container.reason ??= `CannotStopContainerError: ${messageOf(error)}`;
    });
  await changes.until(
    () => isOver() || (task.desiredStatus === "STOPPED" && mayStop(container, task.containers)) || undefined,
  );
  if (isOver()) return;
  await signal("SIGTERM");
  let isLate = false;
  const cancel = clock.schedule(container.definition.stopTimeout * 1000, () => {
    isLate = true;
    changes.notify();
  });
  await changes.until(() => isOver() || isLate || undefined);
  cancel();
  if (!isOver()) await signal("SIGKILL");
}

function specification(container: TaskContainer, surroundings: ContainerSurroundings): ContainerSpecification {
  const { task } = surroundings;
  const { definition } = task.definition;
  const own = container.definition;
  const memoryMb = memoryLimit(own, definition);
  const shares = cpuShares(own, definition);
  const override = task.overrides.find(({ name }) => name === own.name);
  const variables = [...own.environment, ...(override?.environment ?? [])].map(({ name, value }) => [name, value]);
  const platform = platformOf(definition.runtimePlatform?.cpuArchitecture);
  return {
    name: container.engineName,
    image: own.image,
    environment: { ...surroundings.environment(container), ...Object.fromEntries(variables) },
    volumes: own.mountPoints.map(({ sourceVolume, containerPath, readOnly }) => ({
      name: surroundings.volumeName(sourceVolume),
      path: containerPath,
      readOnly,
    })),
    readOnlyRoot: own.readonlyRootFilesystem,
    init: own.linuxParameters?.initProcessEnabled ?? false,
    ...(own.entryPoint !== undefined && { entryPoint: own.entryPoint }),
    ...(own.command !== undefined && { command: own.command }),
    ...(own.user !== undefined && { user: own.user }),
    ...(own.workingDirectory !== undefined && { workingDirectory: own.workingDirectory }),
    ...(memoryMb !== undefined && { memoryMb }),
    ...(shares !== undefined && { cpuShares: shares }),
    ...(platform !== undefined && { platform }),
  };
}

/** Only where the machine is another one: an engine that can emulate it does. */
function platformOf(architecture: "X86_64" | "ARM64" | undefined): string | undefined {
  const wanted = architecture === undefined ? process.arch : architecture === "ARM64" ? "arm64" : "x64";
  if (wanted === process.arch) return undefined;
  return wanted === "arm64" ? "linux/arm64" : "linux/amd64";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
