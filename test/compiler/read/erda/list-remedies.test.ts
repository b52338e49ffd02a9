import { describe, expect, test } from "vitest";
import { compile, fixFile } from "../../../../compiler/index.ts";
import { SHOP_CONTEXT } from "../../compile-context.ts";

const STAGES = "stages: [{stage: [{custom-script: {commands: make}}]}]\n";
const fileOf = (text: string) => ({ name: "pipeline.yaml", text: `version: "1.1"\n${text}` });
const helpOf = (text: string) => compile(fileOf(text), SHOP_CONTEXT).diagnostics.map(({ help }) => help);
const fixed = (text: string) => fixFile(fileOf(text), SHOP_CONTEXT).file.text.replace('version: "1.1"\n', "");

describe("a map where a list of named things is expected", () => {
  test.each([
    [
      "params:\n  target: staging\n  size: 1\n  all:\n  fast: {type: boolean}\n",
      "params:\n  - {name: target, default: staging}\n  - {name: size, default: 1}\n  - {name: all}\n  - {name: fast, type: boolean}\n",
    ],
    ["params: {target: 'a, b'}\n", "params: [{name: target, default: 'a, b'}]\n"],
    ["params:\n  target: a, b\n", "params:\n  - {name: target, default: 'a, b'}\n"],
  ])("%j becomes one", (wrong, right) => {
    expect(fixed(wrong + STAGES)).toBe(right + STAGES);
  });

  test.each([
    ["a value on lines of its own", "params:\n  target:\n    default: a\n", '"- {name: target, default: …}"'],
    ["a text of several lines", "params:\n  target: |\n    a\n", '"- {name: target, default: …}"'],
    ["a list as a value", "params:\n  target: [a]\n", '"- {name: target, default: …}"'],
    ["a name that needs quotes", 'params:\n  "a b": 1\n', '"- {name: a b, default: …}"'],
    ["an empty map as a value", "params:\n  target: {}\n", '"- {name: target, default: …}"'],
    ["an empty map", "params: {}\n", '"- {name: target, default: …}"'],
    ["a merged one", "params:\n  <<: {target: a}\n", '"- {name: target, default: a}"'],
  ])("%s stays, and is told how", (_, wrong, shown) => {
    expect(helpOf(wrong + STAGES)).toEqual([`Write a list with one item for each: ${shown}.`]);
    expect(fixed(wrong + STAGES)).toBe(wrong + STAGES);
  });

  test("a map where a list of words is expected", () => {
    const stages = "stages:\n- stage:\n  - custom-script:\n      commands: make\n      namespaces: {cache: a}\n";
    expect(helpOf(stages)).toEqual(['Start each item below "namespaces:" with "- ".']);
  });
});

describe("stages as a map", () => {
  const help = 'Write each stage as "- stage:" with the list of its actions below it; a stage has no name of its own.';

  test("one that is called so is a stage without its dash", () => {
    const wrong = "stages:\n  stage:\n  - custom-script:\n\n      commands: make\n";
    expect(helpOf(wrong)).toEqual([help]);
    expect(fixed(wrong)).toBe("stages:\n  - stage:\n    - custom-script:\n\n        commands: make\n");
  });

  test.each([
    "stages:\n  build:\n  - custom-script: {commands: make}\n",
    "stages:\n  stage:\n  - custom-script: {commands: make}\n  test:\n  - custom-script: {commands: make}\n",
    "stages: {stage: [{custom-script: {commands: make}}]}\n",
    "stages:\n  <<: {stage: [{custom-script: {commands: make}}]}\n",
    "stages: {}\n",
  ])("%j is told in one sentence, and stays", (wrong) => {
    expect(helpOf(wrong)).toEqual([help]);
    expect(fixed(wrong)).toBe(wrong);
  });
});
