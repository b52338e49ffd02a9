import { CONTAINERS } from "../../../agent/protocol.ts";
import type { AttemptStatus } from "../executor.ts";
import { ANNOTATIONS } from "./names.ts";
import { containerOf, type ObservedJob, type ObservedPod, trueCondition } from "./observed.ts";
import { podProblem } from "./pod-problem.ts";

/** Why a Job failed by itself, where its pods do not tell. Source: Kubernetes, "Jobs". */
const JOB_FAILURES: ReadonlyMap<string, string> = new Map([
  ["DeadlineExceeded", "it ran longer than its deadline allows; raise `timeout` of the action"],
  ["BackoffLimitExceeded", "its pod failed"],
  ["PodFailurePolicy", "its pod failed"],
]);

/** Where an attempt is, by its Job and the Job's pods. `now` is in milliseconds. */
export function jobStatus(job: ObservedJob | undefined, pods: readonly ObservedPod[], now: number): AttemptStatus {
  if (job === undefined || (job.spec.suspend === true && pods.length === 0)) {
    return { phase: "unknown" };
  }
  const problem = pods.map((pod) => podProblem(pod, now)).find((found) => found !== undefined);
  if (isFinished(job) || problem?.isFinal) {
    const reason = endReason(job, problem?.reason);
    return {
      phase: "ended",
      ...(problem?.exitCode !== undefined && { exitCode: problem.exitCode }),
      ...(problem?.cause !== undefined && { cause: problem.cause }),
      ...(reason !== undefined && { reason }),
    };
  }
  if (pods.some((pod) => containerOf(pod, CONTAINERS.agent)?.state?.running)) {
    return { phase: "running" };
  }
  return { phase: "queued", reason: problem?.reason ?? waitingFor(pods) };
}

/** Whether the Job has ended and all its pods with it. */
export function isFinished(job: ObservedJob): boolean {
  return trueCondition(job, "Complete") !== undefined || trueCondition(job, "Failed") !== undefined;
}

/** Why it ended: what a person asked for comes before what the Job makes of it, and a pod knows more than its Job. */
function endReason(job: ObservedJob, ofPod: string | undefined): string | undefined {
  const asked = job.metadata.annotations?.[ANNOTATIONS.cancelReason];
  const failure = trueCondition(job, "Failed");
  if (asked !== undefined) {
    return `cancelled: ${asked}`;
  }
  if (failure === undefined) {
    return ofPod;
  }
  const reason = failure.reason ?? "Failed";
  if (reason === "DeadlineExceeded" || ofPod === undefined) {
    const meaning = JOB_FAILURES.get(reason) ?? "the Job failed";
    return `${reason}: ${meaning}${failure.message === undefined ? "" : ` (${failure.message})`}`;
  }
  return ofPod;
}

function waitingFor(pods: readonly ObservedPod[]): string {
  const [pod] = pods;
  if (pod === undefined) {
    return "the Job has no pod yet";
  }
  const waiting = [CONTAINERS.main, CONTAINERS.agent]
    .map((name) => containerOf(pod, name)?.state?.waiting?.reason)
    .find((reason) => reason !== undefined);
  return waiting ?? pod.status?.phase ?? "Pending";
}
