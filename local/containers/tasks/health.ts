import type { ContainerSurroundings } from "./run-container.ts";
import type { TaskContainer } from "./task.ts";

/**
 * Runs the health check of a container again and again while it runs; answers what ends that. Failures within
 * `startPeriod` do not count, `retries` in a row after it make the container unhealthy. ECS stops a standalone task of
 * which an essential container is unhealthy.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
 */
export function watchHealth(
  container: TaskContainer,
  { engine, clock, changes }: Pick<ContainerSurroundings, "engine" | "clock" | "changes">,
): () => void {
  const check = container.definition.healthCheck;
  if (check === undefined) return () => undefined;
  const [kind = "", ...words] = check.command;
  const command = kind === "CMD-SHELL" ? ["/bin/sh", "-c", words.join(" ")] : kind === "CMD" ? words : [kind, ...words];
  const countsFrom = clock.now() + check.startPeriod * 1000;
  let failures = 0;
  let hasStopped = false;
  let cancel: () => void = () => undefined;

  const look = async (): Promise<void> => {
    const exitCode = await engine.execute(container.engineName, command, check.timeout).catch(() => undefined);
    if (hasStopped) return;
    if (exitCode === 0) failures = 0;
    else if (clock.now() >= countsFrom) failures++;
    if (exitCode === 0) container.health = "HEALTHY";
    else if (failures >= check.retries) container.health = "UNHEALTHY";
    changes.notify();
    cancel = clock.schedule(check.interval * 1000, () => void look());
  };
  // ECS waits an interval before its first look as well.
  cancel = clock.schedule(check.interval * 1000, () => void look());
  return () => {
    hasStopped = true;
    cancel();
  };
}
