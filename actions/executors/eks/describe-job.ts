import type { ObservedContainer, ObservedEvent, ObservedJob, ObservedPod } from "./observed.ts";

/** Events that a description shows: the last ones, which are about what happens now. */
const SHOWN_EVENTS = 15;

/** What an operator looks at when an attempt hangs: the Job, its pods, their containers, and what the cluster said. */
export interface JobView {
  readonly job: ObservedJob;
  readonly pods: readonly ObservedPod[];
  readonly events: readonly ObservedEvent[];
  /** Last lines of the agent's container, which is masked. */
  readonly log: string | undefined;
}

/** The view as text, and how to see more of it. */
export function describeJob(namespace: string, { job, pods, events, log }: JobView): string {
  const { metadata, spec, status } = job;
  const counts = (["active", "succeeded", "failed"] as const)
    .filter((count) => (status?.[count] ?? 0) > 0)
    .map((count) => `${status?.[count]} ${count}`);
  const state = spec.suspend === true ? "suspended" : counts.join(", ") || "no pods";
  return [
    `Job ${namespace}/${metadata.name}: ${state}`,
    times({ created: metadata.creationTimestamp, started: status?.startTime, completed: status?.completionTime }),
    `  deadline: ${spec.activeDeadlineSeconds ?? "none"} s after its start`,
    ...conditions(status?.conditions),
    ...Object.entries(metadata.annotations ?? {}).map(([name, value]) => `  ${name}: ${value}`),
    ...pods.flatMap(describePod),
    ...(events.length === 0 ? [] : ["Last events:"]),
    ...events
      .toSorted((one, other) => when(one).localeCompare(when(other)))
      .slice(-SHOWN_EVENTS)
      .map(describeEvent),
    ...(log === undefined || log.trim() === "" ? [] : ["Last lines of the agent:", indent(log.trimEnd())]),
    `More: kubectl --namespace ${namespace} describe job,pod --selector job-name=${metadata.name}`,
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function describePod({ metadata, spec, status }: ObservedPod): string[] {
  const where = spec.nodeName ? ` on ${spec.nodeName}` : "";
  const why = [status?.reason, status?.message].filter(Boolean).join(": ");
  const deleted = metadata.deletionTimestamp ? ", being deleted" : "";
  return [
    `Pod ${metadata.name}: ${status?.phase ?? "?"}${where}${deleted}${why === "" ? "" : ` (${why})`}`,
    ...conditions(status?.conditions),
    ...[...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].map(describeContainer),
  ];
}

function describeContainer({ name, image, state, lastState, restartCount = 0 }: ObservedContainer): string {
  const before = lastState?.terminated ? `, before that ${stateText(lastState)}` : "";
  const restarts = restartCount === 0 ? "" : `, started ${restartCount + 1} times`;
  return `  container ${name}: ${stateText(state)}${before}${restarts}${image ? ` [${image}]` : ""}`;
}

function stateText(state: ObservedContainer["state"]): string {
  if (state?.terminated) {
    const { reason, exitCode, message } = state.terminated;
    return [`ended with exit code ${exitCode}`, reason, message].filter(Boolean).join(", ");
  }
  if (state?.waiting) {
    return ["waiting", state.waiting.reason, state.waiting.message].filter(Boolean).join(", ");
  }
  return state?.running ? `running since ${state.running.startedAt ?? "?"}` : "not known";
}

function conditions(list: NonNullable<ObservedJob["status"]>["conditions"]): string[] {
  return (list ?? []).map(({ type, status, reason, message }) =>
    [`  ${type}: ${status}`, reason, message].filter(Boolean).join(", "),
  );
}

function describeEvent(event: ObservedEvent): string {
  const times = (event.count ?? 1) > 1 ? ` (${event.count} times)` : "";
  return `  ${when(event)} ${event.type ?? ""} ${event.reason ?? ""}: ${event.message ?? ""}${times}`;
}

function when({ lastTimestamp, eventTime, firstTimestamp, metadata }: ObservedEvent): string {
  return lastTimestamp ?? eventTime ?? firstTimestamp ?? metadata.creationTimestamp ?? "";
}

function times(all: Readonly<Record<string, string | null | undefined>>): string {
  const known = Object.entries(all).filter(([, time]) => time);
  return known.length === 0 ? "" : `  ${known.map(([what, time]) => `${what} ${time}`).join(", ")}`;
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}
