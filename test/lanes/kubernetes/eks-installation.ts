import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eksExecutor } from "../../../actions/executors/eks/contract.ts";
import { createEksExecutor, type EksExecutor } from "../../../actions/executors/eks/eks-executor.ts";
import { type Installation, startInstallation } from "../../../local/index.ts";
import { CONFIGS } from "../lane-pipelines.ts";
import { CLUSTER_NAME } from "./api-server/cluster.ts";
import { type LaneCluster, startLaneCluster } from "./lane-cluster.ts";

/** The executor that the lane's pipelines run on. */
export const EKS = { name: "eks-lane", kind: "eks" } as const;

/** An installation whose actions are Jobs of a cluster of the lane. */
export interface EksInstallation extends AsyncDisposable {
  readonly installation: Installation;
  readonly cluster: LaneCluster;
  readonly executor: EksExecutor;
}

export async function startOnKubernetes(): Promise<EksInstallation> {
  const cluster = await startLaneCluster();
  const stateDirectory = await mkdtemp(join(tmpdir(), "sluice-kubernetes-"));
  const executor = createEksExecutor({
    name: EKS.name,
    configuration: eksExecutor.parse({
      kind: "eks",
      region: "eu-west-1",
      cluster: CLUSTER_NAME,
      agentImage: "localhost/sluice-agent:dev",
      defaultImage: "localhost/sluice-base:dev",
    }),
    client: cluster.eks.client,
    credentials: async () => ({ accessKeyId: "AKIDLANE", secretAccessKey: "secret" }),
  });
  const installation = await startInstallation({
    stateDirectory,
    executors: [EKS],
    configs: CONFIGS,
    kubernetes: () => executor,
  });
  return {
    installation,
    cluster,
    executor,
    async [Symbol.asyncDispose]() {
      await installation.stop();
      await cluster[Symbol.asyncDispose]();
      await rm(stateDirectory, { recursive: true, force: true });
    },
  };
}
