import { expect, test } from "vitest";
import {
  CANCEL_RUN_RULE,
  COMPLETE_ACTION_RULE,
  RECORD_RUN_RULE,
  SWEEP_INTERVAL_SECONDS,
} from "../../../functions/index.ts";
import { readable, synthesize, type TemplateResource } from "../synthesize.ts";

const { resources, ofType } = synthesize({ name: "shop-ci" });
const rules = ofType("AWS::Events::Rule");

test.each([
  ["Sluice/Rules/RecordRun", RECORD_RUN_RULE, "Sluice/Functions/RecordRun/Function"],
  ["Sluice/Rules/CancelRun", CANCEL_RUN_RULE, "Sluice/Functions/CancelRun/Function"],
  ["Sluice/Rules/TaskStopped", COMPLETE_ACTION_RULE, "Sluice/Functions/CompleteAction/Function"],
])("%s has the pattern of its function's contract and calls that function", (path, contract, target) => {
  const rule = rules.get(path);

  expect(rule?.Properties.EventPattern).toMatchObject(contract);
  expect(targetsOf(rule)).toEqual([`<${target}.Arn>`]);
});

test("events of executions come from the installation's own machines only", () => {
  const prefixes = ["Sluice/Rules/RecordRun", "Sluice/Rules/CancelRun"].map((path) =>
    readable(rules.get(path)?.Properties.EventPattern.detail.stateMachineArn[0].prefix, resources),
  );

  expect(new Set(prefixes)).toEqual(
    new Set(["arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:stateMachine:shop-ci-"]),
  );
});

test("events of tasks come from the installation's own cluster only", () => {
  const { detail } = rules.get("Sluice/Rules/TaskStopped")?.Properties.EventPattern ?? {};

  expect(detail.clusterArn.map((arn: unknown) => readable(arn, resources))).toEqual([
    "<Sluice/Containers/Cluster.Arn>",
  ]);
});

test("the sweep comes as often as the functions count on", () => {
  const rule = rules.get("Sluice/Rules/Sweep");

  expect(SWEEP_INTERVAL_SECONDS).toBe(60);
  expect(rule?.Properties.ScheduleExpression).toBe("rate(1 minute)");
  expect(targetsOf(rule)).toEqual(["<Sluice/Functions/Sweep/Function.Arn>"]);
});

test("an event that cannot be delivered or handled is kept for a person", () => {
  const queue = "<Sluice/DeadLetters/Queue.Arn>";
  const ofRules = [...rules.values()].flatMap(({ Properties }) =>
    Properties.Targets.map((target: { DeadLetterConfig?: { Arn: unknown } }) =>
      readable(target.DeadLetterConfig?.Arn, resources),
    ),
  );
  const ofFunctions = ["RecordRun", "CancelRun", "CompleteAction", "Sweep", "CollectMachines"].map((name) =>
    readable(
      ofType("AWS::Lambda::Function").get(`Sluice/Functions/${name}/Function`)?.Properties.DeadLetterConfig.TargetArn,
      resources,
    ),
  );

  expect(ofRules).toEqual([queue, queue, queue, queue, queue]);
  expect(ofFunctions).toEqual([queue, queue, queue, queue, queue]);
});

function targetsOf(rule: TemplateResource | undefined): string[] {
  return rule?.Properties.Targets.map((target: { Arn: unknown }) => readable(target.Arn, resources));
}
