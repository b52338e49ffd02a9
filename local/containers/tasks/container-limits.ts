import type { ContainerDefinition, TaskDefinition } from "./task-definition.ts";

/**
 * Memory that a container may take, in MiB: its own limit, else what the task has beyond the limits and reservations of
 * the others, which Fargate would let it take as well. `undefined`: no limit.
 */
export function memoryLimit(container: ContainerDefinition, task: TaskDefinition): number | undefined {
  if (container.memory !== undefined) return container.memory;
  if (task.memory === undefined) return undefined;
  const others = task.containerDefinitions.filter(({ name }) => name !== container.name);
  const kept = others.reduce((sum, { memory, memoryReservation = 0 }) => sum + (memory ?? memoryReservation), 0);
  return Math.max(Number(task.memory) - kept, container.memoryReservation ?? 0) || undefined;
}

/**
 * Share of the processors when they are busy, 1024 for one. It is a weight and no limit: a laptop that has nothing else
 * to do gives a small action all it has.
 */
export function cpuShares(container: ContainerDefinition, task: TaskDefinition): number | undefined {
  return container.cpu ?? (task.cpu === undefined ? undefined : Number(task.cpu));
}
