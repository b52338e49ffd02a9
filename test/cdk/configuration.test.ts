import { expect, test } from "vitest";
import { readConfiguration } from "../../cdk/configuration.ts";

test("nothing configured is an installation called sluice that stays when its stack goes", () => {
  expect(readConfiguration(undefined)).toEqual({
    name: "sluice",
    pipelines: {},
    actions: [],
    executors: { ecs: { kind: "ecs" } },
    network: { kind: "public" },
    notifications: [],
    alarms: { emails: [] },
    retain: true,
  });
});

test("a value from the command line is JSON", () => {
  expect(readConfiguration('{"name":"shop-ci","pipelines":{"Release":"release.yaml"}}')).toMatchObject({
    name: "shop-ci",
    pipelines: { Release: "release.yaml" },
  });
});

test("a key that means nothing is refused, with the key", () => {
  expect(() => readConfiguration({ pipeline: "release.yaml" })).toThrow(/"sluice" is wrong[\s\S]*"pipeline"/);
});
