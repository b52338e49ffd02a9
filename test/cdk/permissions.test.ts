import { expect, test } from "vitest";
import { readable, synthesize, type TemplateResource } from "./synthesize.ts";

const { resources, ofType } = synthesize();

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
  readonly Effect: string;
}

test("every role may make exactly these calls", async () => {
  const granted: Record<string, unknown> = {};
  for (const [path, policy] of [...ofType("AWS::IAM::Policy")].sort(([a], [b]) => (a < b ? -1 : 1))) {
    granted[path.replace(/\/DefaultPolicy$/, "")] = statementsOf(policy);
  }

  await expect(`${JSON.stringify(granted, null, 2)}\n`).toMatchFileSnapshot("../fixtures/cdk/permissions.json");
});

test("no role has a policy that AWS or somebody else writes", () => {
  const managed = [...ofType("AWS::IAM::Role")].filter(
    ([, { Properties }]) => Properties.ManagedPolicyArns !== undefined,
  );

  expect(managed).toEqual([]);
});

test("the role of the user's containers may do nothing", () => {
  const roles = [...ofType("AWS::IAM::Policy").keys()].filter((path) => path.includes("/TaskRole/"));

  expect(ofType("AWS::IAM::Role").has("Sluice/Containers/TaskRole")).toBe(true);
  expect(roles).toEqual([]);
});

test("tokens, secrets and nonces stand in no environment of a function", () => {
  const names = [...ofType("AWS::Lambda::Function").values()].flatMap(({ Properties }) =>
    Object.keys(Properties.Environment?.Variables ?? {}),
  );

  expect(names.filter((name) => /TOKEN|SECRET|NONCE|PASSWORD/.test(name))).toEqual([]);
});

function statementsOf(policy: TemplateResource): object[] {
  return policy.Properties.PolicyDocument.Statement.map((statement: Statement) => ({
    ...(statement.Effect === "Allow" ? {} : { effect: statement.Effect }),
    calls: [statement.Action].flat(),
    on: [statement.Resource].flat().map((resource) => readable(resource, resources)),
    ...(statement.Condition === undefined
      ? {}
      : { when: JSON.parse(JSON.stringify(statement.Condition), (_, value) => readableLeaf(value)) }),
  }));
}

function readableLeaf(value: unknown): unknown {
  return typeof value === "object" && value !== null && Object.keys(value).some((key) => /^(Ref|Fn::)/.test(key))
    ? readable(value, resources)
    : value;
}
