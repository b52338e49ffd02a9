import { App } from "aws-cdk-lib";
import { describe, expect, test } from "vitest";
import { parseExecutorDeclaration } from "../../../actions/index.ts";
import { addRegionStacks, SluiceStack } from "../../../cdk/index.ts";
import { readable, type Synthesized, synthesize } from "../synthesize.ts";

const BUILDERS = {
  kind: "ecs",
  cluster: "builders",
  launch: "ec2",
  capacityProviders: [{ name: "builders" }],
  subnets: ["subnet-0a1b2c3d"],
} as const;

const installation = synthesize({
  executors: {
    ecs: { kind: "ecs" },
    spot: { kind: "ecs", capacityProviders: [{ name: "FARGATE_SPOT" }], architecture: "ARM64" },
    build: BUILDERS,
    kube: { kind: "eks", cluster: "shop", namespace: "ci" },
  },
});

describe("executors by name", () => {
  const declared = declarations(installation);

  test("are parameters that the functions understand", () => {
    expect(Object.keys(declared)).toEqual(["ecs", "spot", "build", "kube"]);
    expect(declared["spot"]).toMatchObject({
      cluster: "<Sluice/Containers/Cluster.Arn>",
      capacityProviders: [{ name: "FARGATE_SPOT" }],
      architecture: "ARM64",
    });
    expect(declared["build"]).toMatchObject({
      ...BUILDERS,
      capacityProviders: [{ name: "builders", weight: 1, base: 0 }],
    });
    expect(declared["kube"]).toMatchObject({ kind: "eks", cluster: "shop", namespace: "ci" });
  });

  test("have an image of the agent for their processor", () => {
    const [ecs, spot, build] = ["ecs", "spot", "build"].map((name) => declared[name]);

    expect(spot).not.toMatchObject({ agentImage: imageOf(ecs) });
    expect(build).toMatchObject({ agentImage: imageOf(ecs) });
  });

  test("make one execute-action for each kind, told its kind and allowed that kind's calls only", () => {
    const functions = installation.ofType("AWS::Lambda::Function");
    const kindsOf = (id: string) =>
      functions.get(`Sluice/Functions/${id}/Function`)?.Properties.Environment.Variables.SLUICE_EXECUTOR_KINDS;

    expect(kindsOf("ExecuteActionEcs")).toBe("ecs");
    expect(kindsOf("ExecuteActionEks")).toBe("eks");
    expect(kindsOf("ExecuteActionWait")).toBeUndefined();
    expect(kindsOf("Sweep")).toBe("ecs,eks");
    expect(callsOf("ExecuteActionEks").filter((call) => call.startsWith("ecs:"))).toEqual([]);
    expect(callsOf("ExecuteActionEcs").filter((call) => call.startsWith("eks:"))).toEqual([]);
  });

  test("give roles for exactly these clusters and roles", () => {
    const statements = statementsOf("ExecuteActionEcs");
    const runTask = statements.find(({ Action }) => Action === "ecs:RunTask");
    const passRole = statements.find(({ Action }) => Action === "iam:PassRole");

    expect(
      runTask?.Condition.ArnEquals["ecs:cluster"].map((arn: unknown) => readable(arn, installation.resources)),
    ).toEqual([
      "<Sluice/Containers/Cluster.Arn>",
      "arn:<AWS::Partition>:ecs:<AWS::Region>:<AWS::AccountId>:cluster/builders",
    ]);
    expect(passRole?.Resource.map((arn: unknown) => readable(arn, installation.resources))).toEqual([
      "<Sluice/Containers/TaskRole.Arn>",
      "<Sluice/Containers/TaskExecutionRole.Arn>",
    ]);
  });

  test("let the functions that call Kubernetes into the cluster, by a group without rights of its own", () => {
    const entries = [...installation.ofType("AWS::EKS::AccessEntry").values()].map(({ Properties }) => Properties);

    expect(new Set(entries.map(({ KubernetesGroups }) => KubernetesGroups.join()))).toEqual(
      new Set(["sluice-functions"]),
    );
    expect(entries.map(({ PrincipalArn }) => readable(PrincipalArn, installation.resources))).toEqual(
      ["ExecuteActionEks", "RunsApi", "RecordRun", "CancelRun", "Sweep"].map(
        (id) => `<Sluice/Functions/${id}/Role.Arn>`,
      ),
    );
  });

  function callsOf(id: string): string[] {
    return statementsOf(id).flatMap(({ Action }) => Action);
  }

  // biome-ignore lint/suspicious/noExplicitAny: statements of a template.
  function statementsOf(id: string): any[] {
    const policy = installation.ofType("AWS::IAM::Policy").get(`Sluice/Functions/${id}/Role/DefaultPolicy`);
    return policy?.Properties.PolicyDocument.Statement;
  }
});

test("an executor in another region sends the ends of its tasks home", () => {
  const app = new App({ analyticsReporting: false });
  const env = { account: "123456789012", region: "eu-central-1" };
  const stack = new SluiceStack(app, "sluice", {
    env,
    executors: { ecs: { kind: "ecs" }, dublin: { ...BUILDERS, region: "eu-west-1", logGroup: "/builders" } },
    agentImage: "agent",
  });
  addRegionStacks(app, stack, stack.system);
  const away = app.synth().getStackByName("sluice-eu-west-1");
  const rule = Object.values<{ Type: string; Properties: Record<string, unknown> }>(away.template.Resources).find(
    ({ Type }) => Type === "AWS::Events::Rule",
  );

  expect(away.environment.region).toBe("eu-west-1");
  expect(JSON.stringify(rule?.Properties)).toContain(":events:eu-central-1:123456789012:event-bus/default");
  expect(JSON.stringify(rule?.Properties)).toContain(":ecs:eu-west-1:123456789012:cluster/builders");
});

test.each([
  [{ build: { ...BUILDERS, subnets: [] } }, /executor "build" is declared wrongly[\s\S]*subnets/],
  [{ build: { ...BUILDERS, subnet: "subnet-1" } }, /executor "build" is declared wrongly[\s\S]*"subnet"/],
  [{ "b d": BUILDERS }, /"b d" is no name of an executor/],
  [{ dublin: { ...BUILDERS, region: "eu-west-1" } }, /"dublin" is in eu-west-1: name a "logGroup" that is there/],
  [{ a: BUILDERS, b: BUILDERS }, /"ecs" is no executor of this installation: it has "a", "b". Set "defaultExecutor"/],
])("what could not work is refused at synth: %o", (executors, message) => {
  expect(() => synthesize({ executors })).toThrow(message);
});

test("a network without a way out has no executor in another region", () => {
  const executors = { ecs: { kind: "ecs" }, dublin: { ...BUILDERS, region: "eu-west-1" } } as const;

  expect(() => synthesize({ executors, network: { kind: "private" } })).toThrow(
    /"dublin" is in eu-west-1, which a network without a way out does not reach/,
  );
});

function declarations({ ofType, resources }: Synthesized): Record<string, unknown> {
  return Object.fromEntries(
    [...ofType("AWS::SSM::Parameter").values()].map(({ Properties }) => {
      const name = Properties.Name.replace("/sluice/executors/", "");
      const text = readable(Properties.Value, resources).replace("<AWS::Region>", "eu-central-1");
      return [name, parseExecutorDeclaration(name, text)];
    }),
  );
}

function imageOf(declaration: unknown): unknown {
  return typeof declaration === "object" && declaration !== null && "agentImage" in declaration
    ? declaration.agentImage
    : undefined;
}
