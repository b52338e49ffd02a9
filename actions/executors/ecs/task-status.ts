import type { Task } from "@aws-sdk/client-ecs";
import { CONTAINERS } from "../../../agent/protocol.ts";
import type { AttemptStatus } from "../executor.ts";
import { type StoppedTask, stopReason } from "./stop-reason.ts";

/** A task of DescribeTasks or of a Task State Change event. */
export interface ObservedTask extends StoppedTask {
  readonly lastStatus?: string | undefined;
}

/** Statuses of a task before its containers run. Source: AWS, "Amazon ECS task lifecycle". */
const BEFORE_RUNNING = new Set(["PROVISIONING", "PENDING", "ACTIVATING"]);

/** Reads a task of DescribeTasks or of a Task State Change event. A task that is being stopped still runs. */
export function taskStatus(task: ObservedTask | undefined): AttemptStatus {
  const status = task?.lastStatus;
  if (task === undefined || status === undefined) {
    return { phase: "unknown" };
  }
  if (BEFORE_RUNNING.has(status)) {
    return { phase: "queued", reason: status };
  }
  if (status !== "STOPPED" && status !== "DELETED") {
    return { phase: "running" };
  }
  const main = task.containers?.find((container) => container.name === CONTAINERS.main);
  return {
    phase: "ended",
    ...(main?.exitCode === undefined ? {} : { exitCode: main.exitCode }),
    ...stopReason(task),
  };
}

/** What a person would look at when a task hangs. */
export function describeTask(task: Task): string {
  const lines = [
    `Task ${task.taskArn ?? "?"}: ${task.lastStatus ?? "?"}, wanted ${task.desiredStatus ?? "?"}`,
    task.stopCode && `Stopped: ${task.stopCode}: ${task.stoppedReason ?? ""}`,
    ...(task.containers ?? []).map(({ name, lastStatus, exitCode, reason }) =>
      [`Container ${name}: ${lastStatus}`, exitCode !== undefined && `exit code ${exitCode}`, reason]
        .filter((text) => typeof text === "string" && text !== "")
        .join(", "),
    ),
  ];
  return lines.filter((line) => typeof line === "string" && line !== "").join("\n");
}
