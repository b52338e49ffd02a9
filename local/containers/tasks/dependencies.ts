import type { ContainerDefinition } from "./task-definition.ts";

/** What of a container others wait for. */
export interface ContainerProgress {
  readonly definition: ContainerDefinition;
  /** `PENDING` until its first process runs. */
  readonly lastStatus: "PENDING" | "RUNNING" | "STOPPED";
  readonly exitCode?: number | undefined;
  readonly health: "UNKNOWN" | "HEALTHY" | "UNHEALTHY";
  /** Whether its first process ever ran. */
  readonly hasStarted: boolean;
}

/** Whether a container may start now, must wait, or can never start; then `why` says what it waited for. */
export type Readiness = { readonly kind: "ready" | "waiting" } | { readonly kind: "never"; readonly why: string };

/**
 * Judges the dependencies of a container.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
 */
export function readiness(container: ContainerProgress, all: readonly ContainerProgress[]): Readiness {
  let kind: "ready" | "waiting" = "ready";
  for (const { containerName, condition } of container.definition.dependsOn) {
    const target = all.find(({ definition }) => definition.name === containerName);
    const verdict = target === undefined ? "never" : judge(target, condition);
    if (verdict === "never")
      return { kind: verdict, why: `container ${containerName} can no longer reach ${condition}` };
    if (verdict === "waiting") kind = verdict;
  }
  return { kind };
}

/** Whether a container may be stopped: those that depend on it are stopped first. */
export function mayStop(container: ContainerProgress, all: readonly ContainerProgress[]): boolean {
  const { name } = container.definition;
  return all.every(
    ({ definition, lastStatus }) =>
      lastStatus === "STOPPED" || definition.dependsOn.every(({ containerName }) => containerName !== name),
  );
}

function judge(
  target: ContainerProgress,
  condition: ContainerDefinition["dependsOn"][number]["condition"],
): "ready" | "waiting" | "never" {
  const hasEnded = target.lastStatus === "STOPPED";
  switch (condition) {
    case "START":
      if (target.hasStarted) return "ready";
      return hasEnded ? "never" : "waiting";
    case "COMPLETE":
      // One that never started has an end as well.
      return hasEnded ? "ready" : "waiting";
    case "SUCCESS":
      if (!hasEnded) return "waiting";
      return target.exitCode === 0 ? "ready" : "never";
    case "HEALTHY":
      if (hasEnded) return "never";
      return target.health === "HEALTHY" ? "ready" : "waiting";
  }
}
