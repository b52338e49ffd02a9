import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ECS_ENVIRONMENT } from "../../../actions/executors/ecs/contract.ts";
import { readEcsConfiguration } from "../../../actions/index.ts";
import { bundleDirectory } from "../../../cdk/constructs/bundles.ts";
import { RUNTIME_ENVIRONMENT } from "../../../functions/contract.ts";
import { runtimeFromEnvironment } from "../../../functions/runtime-from-environment.ts";
import { readable, SHOP, synthesize, synthesizeChecked, type TemplateResource } from "../synthesize.ts";

const { ofType, resources } = synthesizeChecked();
const functions = ofType("AWS::Lambda::Function");

describe("the functions", () => {
  test("are those of the design, and execute-action once for each executor kind of the cloud", () => {
    expect([...functions.keys()]).toEqual(
      [
        "ExecuteActionEcs",
        "ExecuteActionWait",
        "AgentApi",
        "CompleteAction",
        "RecordRun",
        "CancelRun",
        "Sweep",
        "UploadPlan",
      ].map((name) => `Sluice/Functions/${name}/Function`),
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

  test("are bundled to one file each that Node can load and that exports the handler", () => {
    const directory = bundleDirectory("functions");
    const files = readdirSync(directory).map((name) => join(directory, name, "index.mjs"));
    // In a process of its own: vitest would take the bundles apart.
    const script = `for (const file of ${JSON.stringify(files)}) console.log(typeof (await import(file)).handler);`;

    const types = execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });

    expect(types.trim().split("\n")).toEqual(files.map(() => "function"));
  });

  test("find their installation in their environment", () => {
    for (const [path, { Properties }] of functions) {
      if (path.includes("UploadPlan")) continue;
      const variables = literal(Properties.Environment.Variables);
      const { environment, executors } = runtimeFromEnvironment({ AWS_REGION: "eu-central-1", ...variables });
      const hasExecutor = !/ExecuteActionWait|AgentApi/.test(path);

      expect(environment.configPrefix).toBe("/sluice");
      expect([...executors.keys()], path).toEqual(hasExecutor ? ["ecs"] : []);
      expect(RUNTIME_ENVIRONMENT.agentApiUrl in variables, path).toBe(path.includes("ExecuteActionEcs"));
    }
  });

  test("know the ECS executor whole", () => {
    const variables = functions.get("Sluice/Functions/ExecuteActionEcs/Function")?.Properties.Environment.Variables;

    expect(readEcsConfiguration("ecs", { AWS_REGION: "eu-central-1", ...literal(variables) })).toMatchObject({
      assignPublicIp: true,
      cluster: "<Sluice/Containers/Cluster.Arn>",
      executionRoleArn: "<Sluice/Containers/TaskExecutionRole.Arn>",
      taskRoleArn: "<Sluice/Containers/TaskRole.Arn>",
      logGroup: "<Sluice/Containers/Logs>",
      securityGroups: ["<Sluice/Containers/Network/Tasks.GroupId>"],
      subnets: [
        "<Sluice/Containers/Network/Vpc/tasksSubnet1/Subnet>",
        "<Sluice/Containers/Network/Vpc/tasksSubnet2/Subnet>",
      ],
    });
    expect(variables[ECS_ENVIRONMENT.agentImage]).toBeDefined();
  });
});

test("the agent API is one throttled route, with access logs", () => {
  expect([...ofType("AWS::ApiGatewayV2::Route").values()].map(({ Properties }) => Properties.RouteKey)).toEqual([
    "POST /v1/attempts/{attemptId}/{call}",
  ]);
  expect([...ofType("AWS::ApiGatewayV2::Stage").values()].map(({ Properties }) => Properties)).toEqual([
    expect.objectContaining({
      AccessLogSettings: expect.anything(),
      DefaultRouteSettings: { ThrottlingRateLimit: 200, ThrottlingBurstLimit: 400 },
    }),
  ]);
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

test("a key of the customer's own reaches table, bucket, functions and machines, and cdk-nag is still content", () => {
  const encryptionKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/12345678-1234-1234-1234-123456789012";
  const withKey = synthesizeChecked({ encryptionKeyArn, pipelines: { Shop: SHOP } });
  const only = (type: string) => [...withKey.ofType(type).values()].map(({ Properties }) => JSON.stringify(Properties));

  expect(only("AWS::DynamoDB::Table")[0]).toContain(encryptionKeyArn);
  expect(only("AWS::S3::Bucket").filter((bucket) => bucket.includes(encryptionKeyArn))).toHaveLength(1);
  expect(only("AWS::Lambda::Function").filter((each) => !each.includes(encryptionKeyArn))).toEqual([]);
  expect(only("AWS::StepFunctions::StateMachine")[0]).toContain(encryptionKeyArn);
});

test("a name that could not be part of a state machine's name is refused", () => {
  expect(() => synthesize({ name: "Shop CI" })).toThrow('"Shop CI" is no name of an installation');
});

/** Environment variables with names in place of what only CloudFormation knows. */
function literal(variables: { readonly [name: string]: unknown }): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, readable(value, resources)]));
}
