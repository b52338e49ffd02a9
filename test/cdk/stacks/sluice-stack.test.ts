import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseExecutorDeclaration } from "../../../actions/index.ts";
import { bundleDirectory } from "../../../cdk/constructs/bundles.ts";
import { EXECUTE_ACTION, type FunctionDeclaration, SYSTEM_FUNCTIONS } from "../../../cdk/function-declarations.ts";
import { AGENT_API_ROUTE } from "../../../functions/agent-api/contract.ts";
import { RUNTIME_ENVIRONMENT } from "../../../functions/contract.ts";
import { RUNS_API_ROUTES } from "../../../functions/runs-api/contract.ts";
import { runtimeFromEnvironment } from "../../../functions/runtime-from-environment.ts";
import { readable, synthesize, synthesizeChecked, type TemplateResource } from "../synthesize.ts";

const { ofType, resources } = synthesizeChecked();
const functions = ofType("AWS::Lambda::Function");

describe("the functions", () => {
  test("are those of the design, and execute-action once for each executor kind that is used", () => {
    expect([...functions.keys()]).toEqual(
      ["ExecuteActionEcs", "ExecuteActionWait", ...SYSTEM_FUNCTIONS.map(({ id }) => id)].map(
        (name) => `Sluice/Functions/${name}/Function`,
      ),
    );
  });

  test("run on the newest Node, on arm64, traced, with JSON logs", () => {
    for (const { Properties } of functions.values()) {
      expect(Properties).toMatchObject({
        Runtime: "nodejs24.x",
        Architectures: ["arm64"],
        TracingConfig: { Mode: "Active" },
        LoggingConfig: { LogFormat: "JSON" },
        Handler: "index.handler",
      });
    }
  });

  test("are bundles that Node can load and that export the handler", () => {
    const directory = bundleDirectory("functions");
    const files = readdirSync(directory).map((name) => join(directory, name, "index.mjs"));
    // In a process of its own: vitest would take the bundles apart.
    const script = `for (const file of ${JSON.stringify(files)}) console.log(typeof (await import(file)).handler);`;

    const types = execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });

    expect(types.trim().split("\n")).toEqual(files.map(() => "function"));
  });

  test("find their installation in their environment", () => {
    for (const { id, executors } of [
      ...EXECUTE_ACTION.slice(0, 1),
      ...SYSTEM_FUNCTIONS,
    ] as readonly FunctionDeclaration[]) {
      const variables = literal(
        functions.get(`Sluice/Functions/${id}/Function`)?.Properties.Environment.Variables ?? {},
      );
      const { environment } = runtimeFromEnvironment({ AWS_REGION: "eu-central-1", ...variables });

      expect(environment.configPrefix).toBe("/sluice");
      expect(variables[RUNTIME_ENVIRONMENT.executorKinds], id).toBe(executors === undefined ? undefined : "ecs");
      expect(RUNTIME_ENVIRONMENT.agentApiUrl in variables, id).toBe(executors === "start");
    }
  });

  test("find the executor declared whole", () => {
    const parameter = [...ofType("AWS::SSM::Parameter").values()].find(({ Properties }) =>
      Properties.Name.endsWith("/executors/ecs"),
    );
    const value = readable(parameter?.Properties.Value, resources).replace("<AWS::Region>", "eu-central-1");

    expect(parameter?.Properties).toMatchObject({ Name: "/sluice/executors/ecs", Type: "String" });
    expect(parseExecutorDeclaration("it", value)).toMatchObject({
      kind: "ecs",
      launch: "fargate",
      assignPublicIp: true,
      cluster: "<Sluice/Containers/Cluster.Arn>",
      executionRoleArn: "<Sluice/Containers/TaskExecutionRole.Arn>",
      taskRoleArn: "<Sluice/Containers/TaskRole.Arn>",
      logGroup: "<Sluice/Containers/Logs>",
      securityGroups: ["<Sluice/Network/Tasks.GroupId>"],
      subnets: ["<Sluice/Network/Vpc/tasksSubnet1/Subnet>", "<Sluice/Network/Vpc/tasksSubnet2/Subnet>"],
    });
  });
});

describe("the APIs", () => {
  const routes = [...ofType("AWS::ApiGatewayV2::Route").values()].map(({ Properties }) => Properties);

  test("have the routes of the functions' contracts and no other: agents bring a secret, everybody else is of IAM", () => {
    const expected = [
      ...[AGENT_API_ROUTE].map(({ method, path }) => [`${method} ${path}`, "NONE"]),
      ...RUNS_API_ROUTES.map(({ method, path }) => [`${method} ${path}`, "AWS_IAM"]),
    ];

    expect(routes.map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType])).toEqual(expected);
  });

  test("are throttled, and each request is in the access log", () => {
    expect([...ofType("AWS::ApiGatewayV2::Stage").values()].map(({ Properties }) => Properties)).toEqual([
      expect.objectContaining({
        AccessLogSettings: expect.anything(),
        DefaultRouteSettings: { ThrottlingRateLimit: 200, ThrottlingBurstLimit: 400 },
      }),
      expect.objectContaining({
        AccessLogSettings: expect.anything(),
        DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
      }),
    ]);
  });
});

test("buckets speak TLS only and let nobody in", () => {
  for (const { Properties } of ofType("AWS::S3::Bucket").values()) {
    expect(Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
  }
  for (const { Properties } of ofType("AWS::S3::BucketPolicy").values()) {
    expect(Properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    );
  }
});

test("every log ends some day", () => {
  const retentions = [...ofType("AWS::Logs::LogGroup").values()].map(({ Properties }) => Properties.RetentionInDays);

  expect(new Set(retentions)).toEqual(new Set([90]));
});

test("nothing costs money while nothing runs, but for what is stored and the sweep", () => {
  const costly = [...resources.values()].filter(({ Type }) =>
    /NatGateway|LoadBalancer|::ECS::Service|AutoScaling|RDS|InterfaceEndpoint/.test(Type),
  );

  expect(costly).toEqual([]);
  expect([...ofType("AWS::EC2::VPCEndpoint").values()].map(({ Properties }) => Properties.VpcEndpointType)).toEqual([
    "Gateway",
  ]);
});

test("cdk-nag finds nothing, and every acknowledged finding has its reason", () => {
  // `synthesizeChecked` throws on findings.
  const reasons = [...resources.values()].flatMap((resource: TemplateResource) =>
    (resource.Metadata?.cdk_nag?.rules_to_suppress ?? []).map((rule) => rule as { id: string; reason: string }),
  );

  expect(reasons.length).toBeGreaterThan(0);
  expect(reasons.filter(({ reason }) => reason.length < 20)).toEqual([]);
});

test("a name that could not be part of a state machine's name is refused", () => {
  expect(() => synthesize({ name: "Shop CI" })).toThrow('"Shop CI" is no name of an installation');
});

/** Environment variables with names in place of what only CloudFormation knows. */
function literal(variables: { readonly [name: string]: unknown }): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, readable(value, resources)]));
}
