import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { synthesize } from "../synthesize.ts";

const OPERATIONS = readFileSync("docs/operations.md", "utf8");
const { ofType } = synthesize({ alarms: { emails: ["ops@shop.example"] }, executors: everyKind() });
const alarms = [...ofType("AWS::CloudWatch::Alarm").values()].map(({ Properties }) => Properties);

test("each alarm has a section in docs/operations.md with what it means and what to do, and each section an alarm", () => {
  const [, chapter = ""] = OPERATIONS.split("\n## Alarms\n");
  const sections = new Map(
    chapter
      .split("\n### ")
      .slice(1)
      .map((section): [string, string] => [section.split("\n")[0] ?? "", section]),
  );
  const wanted = new Set(
    alarms.map(({ AlarmDescription }) => /docs\/operations\.md#(\S+)$/.exec(AlarmDescription)?.[1]),
  );

  expect([...sections.keys()].sort()).toEqual([...wanted].sort());
  expect([...sections.values()].filter((section) => !/\*\*Means\*\*[\s\S]*\*\*Do\*\*/.test(section))).toEqual([]);
});

test("the alarm of each function says what its failure means for runs", () => {
  const [, section = ""] = OPERATIONS.split("\n### function-errors\n");
  const [own = ""] = section.split("\n### ");
  const listed = [...own.matchAll(/`(\w+Errors)`/g)].map(([, name]) => `sluice-${name}`);
  const ofFunctions = alarms.map(({ AlarmName }) => AlarmName).filter((name) => name.endsWith("Errors"));

  expect(listed.sort()).toEqual(ofFunctions.sort());
});

test("every alarm tells the topic, which asks the addresses for their consent", () => {
  const [topic] = ofType("AWS::SNS::Topic").keys();

  expect(topic).toBe("Sluice/Alarms/Receivers");
  expect(alarms.filter(({ AlarmActions }) => AlarmActions?.length !== 1)).toEqual([]);
  expect([...ofType("AWS::SNS::Subscription").values()][0]?.Properties).toMatchObject({
    Protocol: "email",
    Endpoint: "ops@shop.example",
  });
});

test("no data is no alarm, but for the sweep, which must run", () => {
  const silent = alarms.filter(({ TreatMissingData }) => TreatMissingData !== "notBreaching");

  expect(silent.map(({ AlarmName }) => AlarmName)).toEqual(["sluice-SweepSilent"]);
});

test("an installation may have none", () => {
  expect(synthesize({ alarms: false }).ofType("AWS::CloudWatch::Alarm").size).toBe(0);
});

function everyKind() {
  return { ecs: { kind: "ecs" }, kube: { kind: "eks", cluster: "shop" } } as const;
}
