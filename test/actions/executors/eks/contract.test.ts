import { describe, expect, test } from "vitest";
import { EKS_CLUSTER_RULES, eksExecutor } from "../../../../actions/executors/eks/contract.ts";
import { parseExecutorDeclaration } from "../../../../actions/index.ts";
import { SHOP_EKS } from "./shop-eks.ts";

describe("the declaration", () => {
  test("has defaults for everything but where the cluster is and the agent's image", () => {
    expect(eksExecutor.parse({ kind: "eks", region: "cn-north-1", cluster: "shop", agentImage: "agent:1" })).toEqual({
      kind: "eks",
      region: "cn-north-1",
      cluster: "shop",
      agentImage: "agent:1",
      namespace: "sluice",
      serviceAccount: "default",
      nodeSelector: {},
      tolerations: [],
      imagePullSecrets: [],
      keepSeconds: 3600,
    });
  });

  test.each([
    [{ cluster: "shop/x" }, '"cluster" must be the name of a cluster'],
    [{ region: "shanghai" }, '"region" must be a region, for example "eu-central-1"'],
    [{ roleArn: "sluice" }, '"roleArn" must be the ARN of a role'],
    [{ namespace: "Shop" }, '"namespace" must be a DNS label'],
    [{ nodeSelector: { pool: "a b" } }, '"nodeSelector.pool" must be the value of a label'],
    [{ tolerations: [{ operator: "Equal" }] }, `"tolerations.0.key" must be there where the operator is "Equal"`],
    [{ tolerations: [{ key: "spot", operator: "Exists", value: "x" }] }, `"tolerations.0.value" must be absent`],
    [{ tolerations: [{ key: "spot", tolerationSeconds: 5 }] }, `"tolerations.0.tolerationSeconds" goes with`],
    [{ keepSeconds: 10 }, '"keepSeconds"'],
    [{ cluster_name: "shop" }, "cluster_name"],
  ])("%j is refused: %s", (wrong, message) => {
    const text = JSON.stringify({ ...SHOP_EKS, ...wrong });
    expect(() => parseExecutorDeclaration("/sluice/executors/eks-shanghai", text)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message) }),
    );
  });
});

test("the Role lets nobody read a Secret, exec into a pod, or reach beyond its namespace", () => {
  const rights = EKS_CLUSTER_RULES.flatMap(({ resources, verbs }) =>
    resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}`)),
  );
  expect(rights).toEqual([
    "create jobs",
    "get jobs",
    "list jobs",
    "patch jobs",
    "delete jobs",
    "list pods",
    "deletecollection pods",
    "get pods/log",
    "create secrets",
    "list events",
  ]);
});
