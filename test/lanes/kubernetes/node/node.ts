import { randomBytes } from "node:crypto";
import { findEngine } from "../../../../local/containers/engine/find-engine.ts";
import type { KubernetesObject } from "../api-server/objects.ts";
import { type Store, timestamp } from "../api-server/store.ts";
import { podOf, quantity } from "./pod.ts";
import { type PodRunner, runPod } from "./pod-runner.ts";

/** The one node of a cluster, with the scheduler that gives pods to it. */
export interface LaneNode {
  /** What a container has written; of a pod that is gone, too. */
  log(pod: KubernetesObject, container: string, tailLines: number | undefined): Promise<string>;
  stop(): Promise<void>;
}

const NODE_NAME = "node-1";
/** What the node has. More is asked for than there is on this machine, where nothing is reserved. */
const ALLOCATABLE = { cpu: 4, memory: 16 * 2 ** 30 };

/** Starts a node that runs pods' containers with podman, on the network of this machine. */
export async function startNode(store: Store): Promise<LaneNode> {
  const engine = await findEngine(process.env);
  const labels: Readonly<Record<string, string>> = {
    "kubernetes.io/arch": process.arch === "arm64" ? "arm64" : "amd64",
    "kubernetes.io/os": "linux",
    "kubernetes.io/hostname": NODE_NAME,
  };
  const runners = new Map<string, PodRunner>();
  const over = new AbortController();

  const tell = (pod: KubernetesObject, type: "Normal" | "Warning", reason: string, message: string) => {
    const { name, namespace, uid } = pod.metadata;
    const now = timestamp(Date.now());
    store.create("events", {
      apiVersion: "v1",
      kind: "Event",
      metadata: {
        name: `${name}.${randomBytes(6).toString("hex")}`,
        namespace,
        uid: "",
        resourceVersion: "",
        creationTimestamp: "",
      },
      involvedObject: { apiVersion: "v1", kind: "Pod", name, namespace, uid },
      type,
      reason,
      message,
      count: 1,
      firstTimestamp: now,
      lastTimestamp: now,
      source: { component: "kubelet", host: NODE_NAME },
    });
  };

  const schedule = (object: KubernetesObject): void => {
    const problem = whyNot(object, labels);
    const condition = {
      type: "PodScheduled",
      status: problem === undefined ? "True" : "False",
      lastTransitionTime: timestamp(Date.now()),
      ...(problem !== undefined && { reason: "Unschedulable", message: problem }),
    };
    store.update("pods", object, (kept) => {
      kept.status = { ...kept.status, conditions: [condition] };
      if (problem === undefined) kept.spec = { ...kept.spec, nodeName: NODE_NAME };
    });
    tell(
      object,
      problem === undefined ? "Normal" : "Warning",
      problem === undefined ? "Scheduled" : "FailedScheduling",
      problem ?? `Successfully assigned to ${NODE_NAME}`,
    );
  };

  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      over.signal.addEventListener("abort", () => {
        clearTimeout(timer);
        resolve();
      });
    });

  const stopWatching = store.watch("pods", undefined, ({ type, object }) => {
    const { uid, deletionTimestamp, deletionGracePeriodSeconds } = object.metadata;
    if (type === "ADDED") {
      queueMicrotask(() => schedule(object));
    } else if (type === "MODIFIED" && object.spec?.["nodeName"] === NODE_NAME && !runners.has(uid)) {
      const runner = runPod({ store, engine, tell, pause }, object);
      runners.set(uid, runner);
      runner.ended.catch((error: unknown) => process.stderr.write(`pod ${object.metadata.name}: ${error}\n`));
    }
    if (deletionTimestamp !== undefined && type === "MODIFIED") {
      runners.get(uid)?.terminate(deletionGracePeriodSeconds ?? 30);
    }
  });

  return {
    async log(pod, container, tailLines) {
      const text = runners.get(pod.metadata.uid)?.log(container) ?? "";
      return tailLines === undefined
        ? text
        : text
            .split("\n")
            .slice(-tailLines - 1)
            .join("\n");
    },
    async stop() {
      stopWatching();
      for (const runner of runners.values()) {
        runner.terminate(0);
      }
      over.abort();
      await Promise.allSettled([...runners.values()].map(({ ended }) => ended));
      engine.close();
    },
  };
}

/** Why the node does not take a pod, in the scheduler's words. */
function whyNot(object: KubernetesObject, labels: Readonly<Record<string, string>>): string | undefined {
  const { nodeSelector = {}, initContainers = [], containers } = podOf(object).podSpec;
  if (Object.entries(nodeSelector).some(([key, value]) => labels[key] !== value)) {
    return "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.";
  }
  const asked = (resource: "cpu" | "memory") =>
    [...initContainers, ...containers].reduce((sum, one) => sum + quantity(one.resources?.requests?.[resource]), 0);
  for (const resource of ["cpu", "memory"] as const) {
    if (asked(resource) > ALLOCATABLE[resource]) {
      return `0/1 nodes are available: 1 Insufficient ${resource}.`;
    }
  }
  return undefined;
}
