import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { BUILT_IN_ACTIONS, loadActionTypes } from "../../../actions/index.ts";
import { compile } from "../../../compiler/index.ts";
import { runsApiRuntimeFromEnvironment } from "../../../functions/runs-api/runtime-from-environment.ts";
import { startEndpoint } from "../../local/wire/endpoint.ts";

const VARIABLES = {
  SLUICE_TABLE: "sluice",
  SLUICE_BUCKET: "objects",
  SLUICE_BUS: "sluice",
  SLUICE_CONFIG_PREFIX: "/shop",
  SLUICE_EXECUTOR_KINDS: "ecs",
  SLUICE_DEFAULT_EXECUTOR: "build",
  SLUICE_MACHINE_ARN_PREFIX: "arn:aws:states:eu-central-1:123456789012:stateMachine:",
  SLUICE_MACHINE_NAME_PREFIX: "sluice-",
  SLUICE_MACHINE_ROLE: "arn:aws:iam::123456789012:role/machines",
  SLUICE_MACHINE_LOG_GROUP: "arn:aws:logs:eu-central-1:123456789012:log-group:machines:*",
  SLUICE_MACHINE_FUNCTIONS: "{}",
};

const BUILD = {
  kind: "ecs",
  region: "eu-central-1",
  cluster: "shop",
  subnets: ["subnet-1"],
  executionRoleArn: "arn:aws:iam::123456789012:role/execution",
  agentImage: "agent",
  logGroup: "shop",
};

let aws: Awaited<ReturnType<typeof startEndpoint>>;
let directory: string;
beforeAll(async () => {
  aws = await startEndpoint();
  directory = mkdtempSync(join(tmpdir(), "sluice-runs-api-"));
  const { types } = loadActionTypes([fileURLToPath(BUILT_IN_ACTIONS)]);
  // As `cdk` writes it.
  writeFileSync(join(directory, "action-types.json"), JSON.stringify([...types.values()]));
  const ssm = new SSMClient(aws.overSocket);
  const Value = JSON.stringify(BUILD);
  await ssm.send(new PutParameterCommand({ Name: "/shop/executors/build", Value, Type: "String" }));
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  await aws.stop();
  rmSync(directory, { recursive: true, force: true });
});

test("the deployed function compiles for the executors and action types of its installation", async () => {
  vi.stubEnv("AWS_ENDPOINT_URL", aws.endpoint);
  vi.stubEnv("AWS_REGION", "us-east-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", aws.credentials.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", aws.credentials.secretAccessKey);
  const file = pathToFileURL(join(directory, "action-types.json"));
  const runtime = runsApiRuntimeFromEnvironment(VARIABLES, file);
  const context = await runtime.compileContext();
  expect([...context.executors.values()]).toMatchObject([{ name: "build", kind: "ecs" }]);
  expect(context.defaultExecutor).toBe("build");

  const text = 'version: "1.1"\nstages:\n- stage:\n  - custom-script:\n      alias: build\n      commands: [make]\n';
  const { compilation, diagnostics } = compile({ name: "pipeline.yaml", text }, context);
  expect(diagnostics).toEqual([]);
  expect(compilation?.plan.actions[0]).toMatchObject({ executor: "build", kind: "ecs" });
  // Types go through JSON, which knows no `undefined`: what is compiled is the same.
  const { types } = loadActionTypes([fileURLToPath(BUILT_IN_ACTIONS)]);
  const direct = compile({ name: "pipeline.yaml", text }, { ...context, actionTypes: types });
  expect(compilation?.planHash).toBe(direct.compilation?.planHash);
});

test.each(["SLUICE_DEFAULT_EXECUTOR", "SLUICE_MACHINE_ROLE", "SLUICE_TABLE"])("%s must be set", (name) => {
  expect(() => runsApiRuntimeFromEnvironment({ ...VARIABLES, [name]: "" })).toThrow(`${name} is not set.`);
});
