import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { synthesize, type TemplateResource } from "../synthesize.ts";

/** What holds data, or what somebody outside knows by its name: replacing one loses runs, objects, or callers. */
const STATEFUL =
  /^AWS::(DynamoDB::Table|S3::Bucket|KMS::Key|Events::EventBus|ApiGatewayV2::Api|Scheduler::ScheduleGroup|StepFunctions::StateMachine|SQS::Queue|ECS::Cluster|EC2::VPC|Logs::LogGroup)$/;

test("deploying twice is a no-op: templates and assets are the same bytes", { timeout: 120_000 }, () => {
  const [first, second] = [synthesize(), synthesize()];

  expect(second.text).toBe(first.text);
  expect(second.assets).toEqual(first.assets);
});

test("an upgrade keeps what holds data: the logical ids of stateful resources are frozen", async () => {
  const { resources } = synthesize({ encryptionKey: "create" });
  const frozen = [...resources].filter(([, { Type }]) => STATEFUL.test(Type)).map(([id, { Type }]) => `${id} ${Type}`);

  // A line that changes or goes is a resource that the next deployment replaces, with everything in it.
  await expect(`${frozen.sort().join("\n")}\n`).toMatchFileSnapshot("../../fixtures/cdk/stateful-resources.txt");
});

test("destroying leaves what holds what was done, and an output says what", () => {
  const { resources, outputs } = synthesize({ encryptionKey: "create" });
  const kept = [...resources.values()].filter(({ DeletionPolicy }) => DeletionPolicy === "Retain").map(pathOf);

  expect(kept.sort()).toEqual([
    "Encryption/Key/Resource",
    "Sluice/Containers/Logs/Resource",
    "Sluice/Objects/AccessLogs/Resource",
    "Sluice/Objects/Bucket/Resource",
    "Sluice/Runs/Table/Resource",
  ]);
  expect(JSON.stringify(outputs["KeptWhenDestroyed"])).toMatch(/table .*bucket .*logs .*key alias\/sluice/);
});

test("an installation for trying out leaves nothing, and says nothing of it", () => {
  const { resources, outputs } = synthesize({ retain: false, encryptionKey: "create" });

  expect([...resources.values()].filter(({ DeletionPolicy }) => DeletionPolicy === "Retain")).toEqual([]);
  expect(outputs["KeptWhenDestroyed"]).toBeUndefined();
});

test("runs that are under way go on: a machine keeps its name, and each definition is a version that stays", () => {
  const { ofType } = synthesize();
  const version = ofType("AWS::StepFunctions::StateMachineVersion").get("Shop/Version");

  expect(ofType("AWS::StepFunctions::StateMachine").get("Shop/Machine")?.Properties.StateMachineName).toBe(
    "sluice-shop",
  );
  expect(version).toBeDefined();
});

test("the example of docs/operations.md is a configuration that can be deployed", () => {
  const [, block = ""] =
    readFileSync(join("docs", "operations.md"), "utf8").split("### Executors\n")[1]?.split("```json") ?? [];
  const executors = JSON.parse(block.split("```")[0] ?? "");

  expect(Object.keys(executors)).toContain("build");
  expect(() => synthesize({ executors, defaultExecutor: "ecs", agentImage: "agent" })).not.toThrow();
});

function pathOf({ Metadata }: TemplateResource): string {
  return (Metadata?.["aws:cdk:path"] ?? "").replace(/^sluice\//, "");
}
