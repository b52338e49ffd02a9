import { CONTAINERS } from "../../../agent/protocol.ts";
import type { EndCause } from "../executor.ts";
import { containerOf, type ObservedContainer, type ObservedPod, trueCondition } from "./observed.ts";

/** What is wrong with a pod, in one sentence with its remedy. */
export interface PodProblem {
  readonly reason: string;
  /** The pod has ended, or can never come to run: nobody has to wait for it. */
  readonly isFinal: boolean;
  readonly cause?: EndCause;
  /** Of the container `main`, where it was killed. */
  readonly exitCode?: number;
}

/** How long a pull may fail before the image counts as missing: registries have bad moments, names have typing errors. */
export const PULL_PATIENCE_SECONDS = 120;

/** Waiting reasons of a container that no waiting mends. Source: Kubernetes, pkg/kubelet/{images/types,container/sync_result}.go. */
const HOPELESS: ReadonlyMap<string, string> = new Map([
  ["InvalidImageName", "is no name of an image; correct it in the action or in the executor"],
  ["ErrImageNeverPull", "is not on the node, and the cluster may not pull it"],
  ["CreateContainerConfigError", "cannot be given its configuration; see the message"],
  ["CreateContainerError", "cannot be made into a container; see the message"],
  ["RunContainerError", "cannot be started; an action's image must have /bin/sh for the architecture of the node"],
  ["StartError", "cannot be started; an action's image must have /bin/sh for the architecture of the node"],
]);

const PULL_FAILURES: ReadonlySet<string> = new Set(["ErrImagePull", "ImagePullBackOff"]);
const PULL_REMEDY = "check the name and the tag, and that the node's role or a pull secret may read the registry";

/** Why pods are disrupted. Source: Kubernetes, "Disruptions", pod disruption conditions. */
const DISRUPTIONS: ReadonlyMap<string, string> = new Map([
  ["PreemptionByScheduler", "was preempted by a pod of higher priority; give it a priority class or more room"],
  [
    "DeletionByTaintManager",
    "was evicted because its node got a taint that it does not bear (a spot node that is taken back, a node that is not ready)",
  ],
  [
    "EvictionByEvictionAPI",
    "was evicted, as a node is drained; long actions can be kept from it by karpenter.sh/do-not-disrupt or a disruption budget",
  ],
  ["DeletionByPodGC", "was lost with its node"],
  ["TerminationByKubelet", "was ended by its node: the node was short of memory or disk, or shut down"],
]);

/**
 * What is wrong with the pod of an attempt, if anything. Decided by reasons and conditions, which are part of the API;
 * messages are passed on and never looked into.
 */
export function podProblem(pod: ObservedPod, now: number): PodProblem | undefined {
  return outOfMemory(pod) ?? disrupted(pod) ?? evicted(pod) ?? notScheduled(pod) ?? notStarted(pod, now) ?? failed(pod);
}

function outOfMemory(pod: ObservedPod): PodProblem | undefined {
  for (const name of [CONTAINERS.main, CONTAINERS.agent]) {
    const container = containerOf(pod, name);
    const killed = [container?.state, container?.lastState].find((one) => one?.terminated?.reason === "OOMKilled");
    if (killed?.terminated) {
      const isMain = name === CONTAINERS.main;
      const whose = isMain ? "the action ran out of memory" : "the agent ran out of memory";
      const remedy = isMain ? "raise `resources.mem` of the action" : "report this as a fault of Sluice";
      return {
        reason: `OOMKilled: ${whose}; ${remedy}`,
        isFinal: hasEnded(pod),
        ...(isMain && { cause: "outOfMemory", exitCode: killed.terminated.exitCode }),
      };
    }
  }
  return undefined;
}

function disrupted(pod: ObservedPod): PodProblem | undefined {
  const target = trueCondition(pod, "DisruptionTarget");
  if (target === undefined) {
    return undefined;
  }
  const reason = target.reason ?? "DisruptionTarget";
  const text = `${reason}: the pod ${DISRUPTIONS.get(reason) ?? "was disrupted"}${told(target.message)}`;
  return { reason: text, cause: "interrupted", isFinal: hasEnded(pod) };
}

/** Nodes that know no conditions say it in the status. Source: Kubernetes, "Node-pressure Eviction". */
function evicted(pod: ObservedPod): PodProblem | undefined {
  const { reason, message } = pod.status ?? {};
  if (typeof reason !== "string" || reason === "") {
    return undefined;
  }
  const remedy = reason === "Evicted" ? "; ask for more memory or disk in `resources`" : "";
  const text = `${reason}: the pod was ended by its node${told(message)}${remedy}`;
  return { reason: text, cause: "interrupted", isFinal: hasEnded(pod) };
}

function notScheduled(pod: ObservedPod): PodProblem | undefined {
  const scheduled = pod.status?.conditions?.find(({ type }) => type === "PodScheduled");
  if (scheduled?.status !== "False") {
    return undefined;
  }
  const remedy = "check `resources` of the action, and selector, tolerations and architecture of the executor";
  return {
    reason: `${scheduled.reason ?? "Unschedulable"}: no node takes the pod${told(scheduled.message)}; ${remedy}`,
    // A node may still come: the cluster's autoscaler has been asked.
    isFinal: false,
  };
}

function notStarted(pod: ObservedPod, now: number): PodProblem | undefined {
  for (const name of [CONTAINERS.main, CONTAINERS.agent]) {
    const waiting = containerOf(pod, name)?.state?.waiting;
    const reason = waiting?.reason ?? "";
    const image = `the image ${imageOf(pod, name)}`;
    const hopeless = HOPELESS.get(reason);
    if (hopeless !== undefined) {
      return { reason: `${reason}: ${image} ${hopeless}${told(waiting?.message)}`, cause: "notStarted", isFinal: true };
    }
    if (PULL_FAILURES.has(reason)) {
      return {
        reason: `${reason}: ${image} cannot be pulled${told(waiting?.message)}; ${PULL_REMEDY}`,
        cause: "notStarted",
        isFinal: secondsSince(scheduledAt(pod), now) >= PULL_PATIENCE_SECONDS,
      };
    }
    if (reason === "CrashLoopBackOff" && name === CONTAINERS.main) {
      const last = containerOf(pod, name)?.lastState?.terminated;
      const text = `CrashLoopBackOff: ${image} does not stay alive (${endOf(last)}); it must have /bin/sh and run as process 1`;
      return { reason: text, cause: "notStarted", isFinal: true };
    }
  }
  return undefined;
}

/** A pod that failed for none of the reasons above: its agent ended without a report. */
function failed(pod: ObservedPod): PodProblem | undefined {
  if (pod.status?.phase !== "Failed") {
    return undefined;
  }
  const agent = containerOf(pod, CONTAINERS.agent)?.state?.terminated;
  return { reason: `the agent ended (${endOf(agent)}); its log says why`, isFinal: true };
}

function endOf(terminated: NonNullable<ObservedContainer["state"]>["terminated"]): string {
  if (terminated === null || terminated === undefined) {
    return "nobody knows how";
  }
  return [terminated.reason, `exit code ${terminated.exitCode}`, terminated.message].filter(Boolean).join(", ");
}

function hasEnded(pod: ObservedPod): boolean {
  return pod.status?.phase === "Failed" || pod.status?.phase === "Succeeded";
}

function imageOf(pod: ObservedPod, name: string): string {
  const all = [...(pod.spec.initContainers ?? []), ...(pod.spec.containers ?? [])];
  return `"${all.find((container) => container.name === name)?.image ?? "?"}"`;
}

function scheduledAt(pod: ObservedPod): string | undefined {
  return trueCondition(pod, "PodScheduled")?.lastTransitionTime ?? pod.metadata.creationTimestamp ?? undefined;
}

function secondsSince(time: string | undefined, now: number): number {
  return time === undefined ? 0 : (now - Date.parse(time)) / 1000;
}

/** What the cluster says itself, as one line. */
function told(message: string | null | undefined): string {
  const text = (message ?? "").replaceAll(/\s+/g, " ").trim().replace(/\.$/, "");
  return text === "" ? "" : ` (${text})`;
}
