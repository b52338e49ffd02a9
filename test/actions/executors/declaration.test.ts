import { describe, expect, test } from "vitest";
import { createExecutor, EXECUTOR_NAME, parseExecutorDeclaration } from "../../../actions/index.ts";

const ECS = {
  kind: "ecs",
  region: "eu-west-1",
  cluster: "shop",
  subnets: ["subnet-1"],
  executionRoleArn: "arn:aws:iam::123456789012:role/pull",
  agentImage: "shop/agent:1",
  logGroup: "/sluice/attempts",
};
const EKS = { kind: "eks", region: "eu-central-1", cluster: "shop", agentImage: "shop/agent:1" };

const read = (declaration: object) => parseExecutorDeclaration("Parameter x", JSON.stringify(declaration));

describe("the declaration of an executor", () => {
  test("has its defaults filled in", () => {
    expect(read(ECS)).toEqual({
      ...ECS,
      launch: "fargate",
      capacityProviders: [],
      architecture: "X86_64",
      securityGroups: [],
      assignPublicIp: false,
    });
    expect(read({ ...ECS, capacityProviders: [{ name: "FARGATE_SPOT" }] })).toMatchObject({
      capacityProviders: [{ name: "FARGATE_SPOT", weight: 1, base: 0 }],
    });
    expect(read(EKS)).toMatchObject({ ...EKS, namespace: "sluice" });
    expect(read({ kind: "process" })).toEqual({ kind: "process" });
  });

  test.each([
    ["another kind", { kind: "moon" }, '"kind"'],
    ["a key that means nothing", { ...ECS, subnet: "subnet-1" }, "subnet"],
    ["no subnet", { ...ECS, subnets: [] }, '"subnets"'],
    ["no region", { ...ECS, region: "Frankfurt" }, '"region" must be a region, for example "eu-central-1"'],
    ["a public address on instances", { ...ECS, launch: "ec2", assignPublicIp: true }, '"assignPublicIp" works on'],
    [
      "Spot on instances",
      { ...ECS, launch: "ec2", capacityProviders: [{ name: "FARGATE_SPOT" }] },
      '"capacityProviders.0.name" "FARGATE_SPOT" does not go with the launch "ec2"',
    ],
    [
      "instances on Fargate",
      { ...ECS, capacityProviders: [{ name: "FARGATE" }, { name: "shop-instances" }] },
      '"capacityProviders.1.name" "shop-instances" does not go with the launch "fargate"',
    ],
    ["managed instances without a provider", { ...ECS, launch: "managedInstances" }, "must name one"],
    [
      "no weight at all",
      { ...ECS, capacityProviders: [{ name: "FARGATE", weight: 0 }] },
      "must have one with a weight above 0",
    ],
    [
      "two bases",
      { ...ECS, capacityProviders: ["FARGATE", "FARGATE_SPOT"].map((name) => ({ name, base: 1 })) },
      "may have one with a base only",
    ],
  ])("with %s is refused, saying where and why", (_, declaration, message) => {
    const problem = expect.stringMatching(/^Parameter x declares no executor: /);
    expect(() => read(declaration)).toThrow(expect.objectContaining({ name: "Sluice.ActionFailed", message: problem }));
    expect(() => read(declaration)).toThrow(message);
  });

  test("that is no JSON is refused", () => {
    expect(() => parseExecutorDeclaration("Parameter x", "{kind: ecs}")).toThrow("Parameter x is no JSON");
  });

  test.each(["build", "eks-shanghai", "a.b_c"])("may be called %s", (name) => {
    expect(name).toMatch(EXECUTOR_NAME);
  });

  test.each(["", "/build", "../configs/x", "build/x", "-x"])("may not be called %j", (name) => {
    expect(name).not.toMatch(EXECUTOR_NAME);
  });
});

describe("an executor is made by its declaration", () => {
  const regions: string[] = [];
  const client = (region: string) => {
    regions.push(region);
    return { send: () => Promise.reject(new Error("not called")) };
  };
  const clients = {
    ecs: client,
    eks: client,
    credentials: async () => ({ accessKeyId: "shop", secretAccessKey: "shop" }),
  };

  test("with the client of its region", () => {
    expect(createExecutor("build", read(ECS), clients)).toMatchObject({ kind: "ecs", name: "build" });
    expect(createExecutor("cluster", read(EKS), clients)).toMatchObject({ kind: "eks", name: "cluster" });
    expect(regions).toEqual(["eu-west-1", "eu-central-1"]);
  });

  test("but not one that only a laptop has", () => {
    expect(() => createExecutor("build", read({ kind: "process" }), clients)).toThrow("which only a laptop has");
  });
});
