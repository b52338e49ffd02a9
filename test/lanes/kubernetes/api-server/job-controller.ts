import type { IJobSpec } from "kubernetes-models/batch/v1";
import type { IPodStatus } from "kubernetes-models/v1";
import type { Clock } from "../../../../local/clock.ts";
import type { KubernetesObject } from "./objects.ts";
import { deletePod, type Store, timestamp } from "./store.ts";

/**
 * The Job controller in the small: one pod for a Job that is not suspended, its failure policy, its deadline, and its
 * removal some time after its end. Source: Kubernetes, "Jobs", and pkg/controller/job.
 */
export function startJobController(store: Store, clock: Clock): { stop(): void } {
  const timers = new Set<() => void>();
  let isStopped = false;
  const later = (milliseconds: number, run: () => void) => {
    const cancel = clock.schedule(Math.max(0, milliseconds), () => {
      timers.delete(cancel);
      run();
    });
    timers.add(cancel);
  };

  const sync = (namespace: string, name: string): void => {
    const job = isStopped ? undefined : store.find("jobs", namespace, name);
    if (job === undefined || has(job, "Complete") || has(job, "Failed")) {
      return;
    }
    const spec = job.spec as unknown as IJobSpec;
    const pods = store.list("pods", namespace).filter((pod) => isOwned(pod, job));
    const living = pods.filter((pod) => !isOver(pod));
    if (spec.suspend === true) {
      suspend(job, living);
      return;
    }
    const startTime = job.status?.["startTime"];
    if (typeof startTime !== "string") {
      change(job, { startTime: timestamp(clock.now()) }, { type: "Suspended", status: "False" });
      later(0, () => sync(namespace, name));
      return;
    }
    const failing = condition(job, "FailureTarget");
    if (failing !== undefined) {
      if (living.length === 0) {
        end(job, "Failed", failing.reason, failing.message, pods);
      }
      return;
    }
    const left =
      (spec.activeDeadlineSeconds ?? Number.POSITIVE_INFINITY) * 1000 - (clock.now() - Date.parse(startTime));
    if (left <= 0) {
      fail(job, living, "DeadlineExceeded", "Job was active longer than specified deadline");
      return;
    }
    if (Number.isFinite(left)) {
      later(left, () => sync(namespace, name));
    }
    const [over] = pods.filter(isOver);
    if (over?.status?.["phase"] === "Succeeded") {
      end(job, "Complete", "CompletionsReached", "Reached expected number of succeeded pods", pods);
      return;
    }
    if (over !== undefined) {
      const matched = matchedRule(spec, over);
      const message = matched ?? "Job has reached the specified backoff limit";
      fail(job, living, matched === undefined ? "BackoffLimitExceeded" : "PodFailurePolicy", message);
      return;
    }
    if (pods.length > 0) {
      change(job, { active: living.length, ready: 0, terminating: 0 });
      return;
    }
    if (job.status?.["active"] !== undefined) {
      // The pod is gone without a trace: deleted by somebody. It counts as failed.
      fail(job, [], "BackoffLimitExceeded", "Job has reached the specified backoff limit");
      return;
    }
    createPod(job, spec);
    change(job, { active: 1 });
  };

  const suspend = (job: KubernetesObject, living: readonly KubernetesObject[]) => {
    for (const pod of living) {
      deletePod(store, pod, undefined, clock.now());
    }
    change(job, {}, { type: "Suspended", status: "True", reason: "JobSuspended", message: "Job suspended" });
  };

  const fail = (job: KubernetesObject, living: readonly KubernetesObject[], reason: string, message: string) => {
    change(job, {}, { type: "FailureTarget", status: "True", reason, message });
    for (const pod of living) {
      deletePod(store, pod, undefined, clock.now());
    }
    later(0, () => sync(job.metadata.namespace, job.metadata.name));
  };

  const end = (
    job: KubernetesObject,
    type: "Complete" | "Failed",
    reason: string | undefined,
    message: string | undefined,
    pods: readonly KubernetesObject[],
  ) => {
    const succeeded = pods.filter((pod) => pod.status?.["phase"] === "Succeeded").length;
    const counts = type === "Complete" ? { succeeded, completionTime: timestamp(clock.now()) } : { failed: 1 };
    const ended = change(job, { active: 0, ...counts }, { type, status: "True", reason, message });
    const seconds = (job.spec as unknown as IJobSpec).ttlSecondsAfterFinished;
    if (seconds !== undefined) {
      later(seconds * 1000, () => store.remove("jobs", ended));
    }
  };

  const change = (job: KubernetesObject, status: Record<string, unknown>, to?: Condition) =>
    store.update("jobs", job, (kept) => {
      const conditions = ((kept.status?.["conditions"] ?? []) as Condition[]).filter(({ type }) => type !== to?.type);
      kept.status = {
        ...kept.status,
        ...status,
        ...(to !== undefined && { conditions: [...conditions, { ...to, lastTransitionTime: timestamp(clock.now()) }] }),
      };
    });

  const createPod = (job: KubernetesObject, spec: IJobSpec) => {
    const { metadata } = job;
    const own = {
      "batch.kubernetes.io/job-name": metadata.name,
      "job-name": metadata.name,
      "controller-uid": metadata.uid,
    };
    const template = structuredClone(spec.template) as unknown as KubernetesObject;
    store.create("pods", {
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        ...template.metadata,
        name: "",
        generateName: `${metadata.name}-`,
        namespace: metadata.namespace,
        labels: { ...template.metadata?.labels, ...own },
        ownerReferences: [{ apiVersion: "batch/v1", kind: "Job", name: metadata.name, uid: metadata.uid }],
      },
      spec: { ...template.spec },
      status: { phase: "Pending" },
    });
  };

  const stops = [
    store.watch("jobs", undefined, ({ type, object }) => {
      if (type !== "DELETED") {
        later(0, () => sync(object.metadata.namespace, object.metadata.name));
      }
    }),
    store.watch("pods", undefined, ({ object }) => {
      const [owner] = object.metadata.ownerReferences ?? [];
      if (owner !== undefined) {
        later(0, () => sync(object.metadata.namespace, owner.name));
      }
    }),
  ];
  return {
    stop() {
      isStopped = true;
      for (const stop of [...stops, ...timers]) {
        stop();
      }
    },
  };
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
}

function condition(job: KubernetesObject, type: string): Condition | undefined {
  return ((job.status?.["conditions"] ?? []) as Condition[]).find((one) => one.type === type && one.status === "True");
}

const has = (job: KubernetesObject, type: string) => condition(job, type) !== undefined;
const isOwned = (pod: KubernetesObject, job: KubernetesObject) =>
  pod.metadata.ownerReferences?.some(({ uid }) => uid === job.metadata.uid) ?? false;
const isOver = (pod: KubernetesObject) => pod.status?.["phase"] === "Succeeded" || pod.status?.["phase"] === "Failed";

/** What the rule of the failure policy says that the pod fits, if any. */
function matchedRule(spec: IJobSpec, pod: KubernetesObject): string | undefined {
  const status = pod.status as IPodStatus;
  const place = `${pod.metadata.namespace}/${pod.metadata.name}`;
  for (const [at, { onPodConditions, onExitCodes }] of (spec.podFailurePolicy?.rules ?? []).entries()) {
    for (const wanted of onPodConditions ?? []) {
      if (status.conditions?.some(({ type, status: is }) => type === wanted.type && is === wanted.status)) {
        return `Pod ${place} has condition ${wanted.type} matching FailJob rule at index ${at}`;
      }
    }
    if (onExitCodes !== undefined) {
      const all = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])];
      const found = all.find(({ name }) => name === onExitCodes.containerName)?.state?.terminated;
      const isIn = found !== undefined && onExitCodes.values.includes(found.exitCode);
      if (found !== undefined && isIn === (onExitCodes.operator === "In")) {
        return `Container ${onExitCodes.containerName} for pod ${place} failed with exit code ${found.exitCode} matching FailJob rule at index ${at}`;
      }
    }
  }
  return undefined;
}
