import { type EksExecutorInput, eksExecutor } from "../../../../actions/executors/eks/contract.ts";
import { createEksExecutor, type EksExecutor } from "../../../../actions/executors/eks/eks-executor.ts";
import { jobName } from "../../../../actions/executors/eks/names.ts";
import {
  CLUSTER_NAME,
  NAMESPACE,
  startCluster,
  type TestCluster,
} from "../../../lanes/kubernetes/api-server/cluster.ts";
import type { KubernetesObject } from "../../../lanes/kubernetes/api-server/objects.ts";
import { until } from "../../../until.ts";

/** The declaration of the shop's executor. */
export const SHOP_EKS: EksExecutorInput = {
  kind: "eks",
  region: "eu-west-1",
  cluster: CLUSTER_NAME,
  serviceAccount: "shop-build",
  agentImage: "shop/agent:1",
};

/** An executor with a real API server behind it, and in place of nodes a test that says what becomes of pods. */
export interface ShopEks extends AsyncDisposable {
  readonly cluster: TestCluster;
  readonly executor: EksExecutor;
  /** How long the client has waited because the server wanted it. */
  readonly waits: number[];
  clock: { offset: number };
  job(attemptId: string): KubernetesObject;
  /** The pod, as soon as there is one. */
  pod(attemptId: string): Promise<KubernetesObject>;
  /** Says what has become of the pod, as its node does. */
  setPod(attemptId: string, status: object, spec?: object): Promise<void>;
}

export async function startShopEks(
  changes: Partial<EksExecutorInput> = {},
  timeoutMilliseconds = 5000,
): Promise<ShopEks> {
  const cluster = await startCluster(async (_pod, container) => `a line of ${container}\n`);
  const waits: number[] = [];
  const clock = { offset: 0 };
  const executor = createEksExecutor({
    name: "eks-shanghai",
    configuration: eksExecutor.parse({ ...SHOP_EKS, ...changes }),
    client: cluster.eks.client,
    credentials: async () => ({ accessKeyId: "AKIDSHOP", secretAccessKey: "secret", sessionToken: "session" }),
    now: () => Date.now() + clock.offset,
    api: { timeoutMilliseconds, wait: async (milliseconds) => void waits.push(milliseconds) },
  });
  const podsOf = (attemptId: string) =>
    cluster.store.list("pods").filter(({ metadata }) => metadata.labels?.["job-name"] === jobName(attemptId));
  const pod = async (attemptId: string) => {
    await until(() => podsOf(attemptId).length > 0);
    const [found] = podsOf(attemptId);
    if (found === undefined) throw new Error(`There is no pod of ${attemptId}.`);
    return found;
  };
  return {
    cluster,
    executor,
    waits,
    clock,
    job: (attemptId) => cluster.store.get("jobs", NAMESPACE, jobName(attemptId)),
    pod,
    async setPod(attemptId, status, spec = { nodeName: "node-1" }) {
      cluster.store.update("pods", await pod(attemptId), (kept) => {
        kept.spec = { ...kept.spec, ...spec };
        kept.status = { ...kept.status, ...status };
      });
    },
    [Symbol.asyncDispose]: () => cluster[Symbol.asyncDispose](),
  };
}

/** Status of a pod whose containers are in these states. */
export function podStatus(phase: string, main: object, agent: object, more: object = {}): object {
  return {
    phase,
    initContainerStatuses: [{ name: "main", image: "shop/build:1", restartCount: 0, ...main }],
    containerStatuses: [{ name: "agent", image: "shop/agent:1", restartCount: 0, ...agent }],
    ...more,
  };
}

export const RUNNING = { state: { running: { startedAt: "2026-11-21T12:00:00Z" } } };
export const waiting = (reason: string, message = "") => ({ state: { waiting: { reason, message } } });
export const terminated = (exitCode: number, reason: string) => ({ state: { terminated: { exitCode, reason } } });
