import { describe, expect, test } from "vitest";
import { LONGEST_PIPELINE_KEY, pipelineKeyOf, pipelineNameFromFile } from "../../../compiler/keys/pipeline-key.ts";

describe("pipelineKeyOf", () => {
  test("a name that is a key stays as it is", () => {
    expect(pipelineKeyOf("shop-release")).toBe("shop-release");
  });

  test.each([
    ["Shop Release", /^shop-release-[0-9a-f]{8}$/],
    ["构建", /^pipeline-[0-9a-f]{8}$/],
    ["", /^pipeline-[0-9a-f]{8}$/],
    ["../../etc", /^etc-[0-9a-f]{8}$/],
  ])("%j is made safe", (name, pattern) => {
    expect(pipelineKeyOf(name)).toMatch(pattern);
  });

  test("a long name is cut and stays different from its neighbour", () => {
    const [a, b] = [pipelineKeyOf("release ".repeat(20)), pipelineKeyOf("release ".repeat(21))];
    expect(a.length).toBeLessThanOrEqual(LONGEST_PIPELINE_KEY);
    expect(a).not.toBe(b);
    expect(pipelineKeyOf(`${"a".repeat(30)} ${"b".repeat(30)}`)).toMatch(/^a{30}-[0-9a-f]{8}$/);
  });
});

test.each([
  ["pipeline.yaml", "pipeline"],
  ["ci/release.yml", "release"],
  ["ci\\release.YML", "release"],
  ["release.yaml.bak", "release.yaml.bak"],
  [".yaml", ".yaml"],
  ["", "pipeline"],
])("a pipeline without a name in %j is called %j", (file, name) => {
  expect(pipelineNameFromFile(file)).toBe(name);
});
