import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { scratchDirectory } from "../../../cdk/constructs/scratch.ts";
import { lintStateMachine, type StateMachineDefinition } from "../../../compiler/index.ts";
import { planObjects } from "../../../functions/index.ts";
import { readable, SHOP, synthesize } from "../synthesize.ts";

const { resources, ofType, asset } = synthesize();
const machine = ofType("AWS::StepFunctions::StateMachine").get("Shop/Machine")?.Properties;
const body = asset(machine.DefinitionS3Location.Key);
const definition: StateMachineDefinition = JSON.parse(body);

describe("the state machine of a pipeline", () => {
  test("is what the compiler emitted, from an asset", () => {
    expect(definition.QueryLanguage).toBe("JSONata");
    expect(definition.StartAt).toBe("repo");
    expect(Object.keys(definition.States).sort()).toEqual([
      "cool down",
      "cool down wait",
      "deploy",
      "end of run",
      "repo",
      "stage 2",
    ]);
    expect(definition.States["repo"]).toMatchObject({
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
      Arguments: { FunctionName: "${ExecuteActionEcs}", Payload: { pipeline: "shop", action: "repo" } },
    });
    expect(lintStateMachine(definition)).toEqual([]);
  });

  test("holds nothing that the user wrote but names", () => {
    expect(body).not.toMatch(/npm|deploy\.sh|example\.com|node:24/);
  });

  test("gets a function for every placeholder, and its role may call these and no other", () => {
    const placeholders = [...new Set(body.match(/\$\{\w+\}/g))].map((name) => name.slice(2, -1)).sort();
    const substitutions = Object.entries(machine.DefinitionSubstitutions).map(([name, arn]) => [
      name,
      readable(arn, resources),
    ]);
    const statements = ofType("AWS::IAM::Policy").get("Shop/Role/DefaultPolicy")?.Properties.PolicyDocument.Statement;
    const invoke = statements.find(({ Action }: { Action: unknown }) => Action === "lambda:InvokeFunction");

    expect(placeholders).toEqual(["ExecuteActionEcs", "ExecuteActionWait", "RecordRun"]);
    expect(substitutions).toEqual([
      ["ExecuteActionEcs", "<Sluice/Functions/ExecuteActionEcs/Function.Arn>"],
      ["ExecuteActionWait", "<Sluice/Functions/ExecuteActionWait/Function.Arn>"],
      ["RecordRun", "<Sluice/Functions/RecordRun/Function.Arn>"],
    ]);
    expect(invoke.Resource.map((arn: unknown) => readable(arn, resources))).toEqual(
      substitutions.map(([, arn]) => arn),
    );
  });

  test("has a stable name and a version for each definition", () => {
    const version = ofType("AWS::StepFunctions::StateMachineVersion").get("Shop/Version");

    expect(machine.StateMachineName).toBe("sluice-shop");
    expect(readable(version?.Properties.StateMachineRevisionId, resources)).toBe(
      "<Shop/Machine.StateMachineRevisionId>",
    );
  });

  test("is logged and traced, without the data of executions: it holds task tokens", () => {
    expect(machine.LoggingConfiguration).toMatchObject({ Level: "ALL", IncludeExecutionData: false });
    expect(machine.TracingConfiguration).toEqual({ Enabled: true });
  });
});

test("the plan is uploaded: an object for its index, one for each action, and the pointer of the pipeline", () => {
  const upload = ofType("Custom::SluicePlan").get("Shop/Plan/Resource")?.Properties;
  const documents: Record<string, string> = JSON.parse(asset(upload.sourceKey));
  const index = JSON.parse(documents[planObjects.index(upload.planHash)] ?? "null");

  expect(index).toMatchObject({ format: 1, pipeline: "shop", file: SHOP });
  expect(Object.keys(documents).sort()).toEqual(
    [
      planObjects.index(upload.planHash),
      ...index.order.map(({ key }: { key: string }) => planObjects.action(upload.planHash, key)),
    ].sort(),
  );
  expect(JSON.parse(documents[planObjects.action(upload.planHash, "build")] ?? "null")).toMatchObject({
    key: "build",
    kind: "ecs",
    executor: "ecs",
    image: "node:24",
  });
  expect(upload.pipeline).toBe("shop");
  expect(readable(upload.ServiceToken, resources)).toBe("<Sluice/Functions/UploadPlan/Function.Arn>");
});

test("editing a command changes the plan and not the machine", () => {
  const edited = synthesize({ pipelines: { Shop: shopWith("npm test", "npm test -- --all") } });
  const upload = edited.ofType("Custom::SluicePlan").get("Shop/Plan/Resource")?.Properties;

  expect(edited.ofType("AWS::StepFunctions::StateMachine").get("Shop/Machine")?.Properties).toEqual(machine);
  expect(upload.planHash).not.toBe(ofType("Custom::SluicePlan").get("Shop/Plan/Resource")?.Properties.planHash);
});

test("a mistake in the file fails synth with the compiler's own words", () => {
  const file = shopWith("custom-script:\n          alias: deploy", "custom-scirpt:\n          alias: deploy");

  expect(() => synthesize({ pipelines: { Shop: file } })).toThrow(
    /does not compile[\s\S]*error: [\s\S]*"custom-scirpt"[\s\S]*Did you mean "custom-script"/,
  );
});

test("two pipelines of one name are refused: they would be one state machine", () => {
  expect(() => synthesize({ pipelines: { Shop: SHOP, Store: SHOP } })).toThrow(
    'sluice/Store and sluice/Shop are both called "shop". Give one of the files another "name".',
  );
});

function shopWith(text: string, other: string): string {
  const shop = readFileSync(SHOP, "utf8");
  expect(shop).toContain(text);
  const file = join(scratchDirectory(), "shop.yaml");
  writeFileSync(file, shop.replace(text, other));
  return file;
}
