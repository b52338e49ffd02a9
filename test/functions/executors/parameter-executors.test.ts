import { SSMClient } from "@aws-sdk/client-ssm";
import { describe, expect, test } from "vitest";
import type { ExecutorConfiguration } from "../../../actions/index.ts";
import { listExecutors } from "../../../functions/executors/list-executors.ts";
import { parameterExecutors } from "../../../functions/executors/parameter-executors.ts";
import { ScriptedExecutor } from "../support/scripted-executor.ts";

const ECS = JSON.stringify({
  kind: "ecs",
  region: "eu-west-1",
  cluster: "shop",
  subnets: ["subnet-1"],
  executionRoleArn: "arn:aws:iam::123456789012:role/pull",
  agentImage: "shop/agent:1",
  logGroup: "/sluice/attempts",
});
const EKS = JSON.stringify({ kind: "eks", region: "cn-north-1", cluster: "shop", agentImage: "shop/agent:1" });

/** Parameter Store with these declarations, and what was asked of it. */
function store(parameters: Record<string, string>, kinds: readonly string[] = ["ecs"]) {
  const asked: string[] = [];
  const made: [name: string, configuration: ExecutorConfiguration][] = [];
  const faults: Error[] = [];
  const ssm = new SSMClient({ region: "eu-west-1" });
  const send = async ({ input }: { readonly input: { readonly Name?: string; readonly Path?: string } }) => {
    asked.push(input.Name ?? input.Path ?? "");
    const fault = faults.shift();
    if (fault) throw fault;
    if (input.Path !== undefined) {
      const names = Object.keys(parameters);
      const at = "NextToken" in input ? Number(input.NextToken) : 0;
      const Name = names[at] ?? "";
      const more = at + 1 < names.length ? { NextToken: String(at + 1) } : {};
      return { Parameters: names.length === 0 ? [] : [{ Name, Value: parameters[Name] }], ...more };
    }
    const Value = parameters[input.Name ?? ""];
    if (Value === undefined) throw Object.assign(new Error("not found"), { name: "ParameterNotFound" });
    return { Parameter: { Value } };
  };
  Object.assign(ssm, { send });
  const executors = parameterExecutors({
    ssm,
    configPrefix: "/shop",
    kinds: new Set(kinds),
    create: (name, configuration) => {
      made.push([name, configuration]);
      return new ScriptedExecutor();
    },
  });
  return { asked, made, faults, ssm, executors };
}

describe("the executors of an installation", () => {
  test("are read when they are asked for, once", async () => {
    const { asked, executors, made } = store({ "/shop/executors/build": ECS });
    expect(asked).toEqual([]);
    const [first, second] = await Promise.all([executors.get("build"), executors.get("build")]);
    expect(second).toBe(first);
    expect(await executors.get("build")).toBe(first);
    expect(asked).toEqual(["/shop/executors/build"]);
    expect(made).toMatchObject([["build", { kind: "ecs", region: "eu-west-1", launch: "fargate" }]]);
  });

  test("are several, of several regions", async () => {
    const other = ECS.replaceAll("eu-west-1", "us-east-1");
    const { executors, made } = store({ "/shop/executors/build": ECS, "/shop/executors/us": other });
    await executors.get("build");
    await executors.get("us");
    expect(made.map(([name, { kind }]) => [name, kind])).toEqual([
      ["build", "ecs"],
      ["us", "ecs"],
    ]);
    expect(made[1]?.[1]).toMatchObject({ region: "us-east-1" });
  });

  test("of a kind that the function may not work with are none", async () => {
    const { executors, made } = store({ "/shop/executors/cluster": EKS });
    expect(await executors.get("cluster")).toBeUndefined();
    expect(made).toEqual([]);
    const both = store({ "/shop/executors/cluster": EKS }, ["ecs", "eks"]);
    expect(await both.executors.get("cluster")).toBeDefined();
  });

  test("are not asked for by a function that may work with none, nor by what is no name", async () => {
    const none = store({ "/shop/executors/build": ECS }, []);
    expect(await none.executors.get("build")).toBeUndefined();
    const { asked, executors } = store({ "/shop/configs/x": ECS });
    expect(await executors.get("../configs/x")).toBeUndefined();
    expect([...none.asked, ...asked]).toEqual([]);
  });

  test("that do not exist yet are asked for again", async () => {
    const parameters: Record<string, string> = {};
    const { executors } = store(parameters);
    expect(await executors.get("build")).toBeUndefined();
    parameters["/shop/executors/build"] = ECS;
    expect(await executors.get("build")).toBeDefined();
  });

  test("that are wrong are named with their parameter, and asked for again", async () => {
    const parameters = { "/shop/executors/build": ECS.replace('"shop"', "7") };
    const { executors } = store(parameters);
    await expect(executors.get("build")).rejects.toMatchObject({
      name: "Sluice.ActionFailed",
      message: expect.stringMatching(
        /^Parameter "\/shop\/executors\/build" \(executor "build"\) declares no executor: "cluster" /,
      ),
    });
    parameters["/shop/executors/build"] = ECS;
    expect(await executors.get("build")).toBeDefined();
  });

  test("that could not be read are asked for again", async () => {
    const { executors, faults } = store({ "/shop/executors/build": ECS });
    faults.push(Object.assign(new Error("Rate exceeded"), { name: "ThrottlingException" }));
    await expect(executors.get("build")).rejects.toMatchObject({ name: "ThrottlingException" });
    expect(await executors.get("build")).toBeDefined();
  });
});

describe("all executors", () => {
  const environment = { configPrefix: "/shop" };

  test("are listed with their names, over all pages", async () => {
    const { asked, ssm } = store({ "/shop/executors/build": ECS, "/shop/executors/cluster": EKS });
    const found = await listExecutors({ clients: { ssm }, environment });
    expect([...found].map(([key, { name, kind }]) => [key, name, kind])).toEqual([
      ["build", "build", "ecs"],
      ["cluster", "cluster", "eks"],
    ]);
    expect(asked).toEqual(["/shop/executors", "/shop/executors"]);
  });

  test("are not listed where one is wrong", async () => {
    const { ssm } = store({ "/shop/executors/build": "{}" });
    await expect(listExecutors({ clients: { ssm }, environment })).rejects.toThrow(
      'Parameter "/shop/executors/build" (executor "build") declares no executor',
    );
  });
});
