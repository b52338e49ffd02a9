import { describe, expect, test } from "vitest";
import { compile, fixFile } from "../../../../compiler/index.ts";
import { SHOP_CONTEXT } from "../../compile-context.ts";

const fileOf = (text: string) => ({ name: "pipeline.yaml", text });
const told = (text: string) =>
  compile(fileOf(text), SHOP_CONTEXT).diagnostics.map(({ code, help, span }) => [
    code,
    text.slice(span.start, span.end),
    help,
  ]);
const stages = (items: string) => `version: "1.1"\nstages:\n${items}`;

describe("items of a stage that are no actions", () => {
  test.each([
    ["a text in quotes", '- stage:\n  - "echo"\n', "read/wrong-type", 'Write "- echo:" with a colon.'],
    ["a list", "- stage:\n  - [echo]\n", "read/wrong-type", 'Write one "- <action type>:" per action.'],
    ["a null in the graph form", "- - ~\n", "read/empty-action", 'Write "- <action type>:", or remove the "-".'],
    ["a text in the graph form", "- - echo\n", "read/wrong-type", 'Write "- echo:" with a colon.'],
    ["an empty map in the graph form", "- - {}\n", "read/missing-type", expect.stringContaining("type: custom-script")],
  ])("%s", (_, items, code, help) => {
    expect(told(stages(items)).map(([found, , remedy]) => [found, remedy])).toEqual([[code, help]]);
  });

  test("a text without quotes gets its colon", () => {
    const text = stages("- stage:\n  - wait\n  - custom-script: {commands: make}\n");
    expect(fixFile(fileOf(text), SHOP_CONTEXT).applied).toEqual([]);
    expect(compile(fileOf(text), SHOP_CONTEXT).diagnostics[0]?.fixes?.[0]?.title).toBe("Add the colon");
  });

  test("an empty map instead of a stage", () => {
    expect(told(stages("- {}\n")).map(([code]) => code)).toEqual(["read/empty-stage"]);
  });
});

describe("the version", () => {
  const action = "stages: [{stage: [{custom-script: {commands: make}}]}]\n";

  test("without a value is missing, and its line stays", () => {
    const text = `version:\n${action}`;
    expect(told(text).map(([code, marked]) => [code, marked])).toEqual([["read/missing-version", "version"]]);
    expect(fixFile(fileOf(text), SHOP_CONTEXT).applied).toEqual([]);
  });

  test("as a list is of a wrong type", () => {
    expect(told(`version: [1]\n${action}`).map(([code]) => code)).toEqual(["read/wrong-type"]);
  });

  test("missing in a map on one line has no fix", () => {
    const text = `{${action.trim()}}`;
    const { diagnostics } = compile(fileOf(text), SHOP_CONTEXT);
    expect(diagnostics.map(({ code, fixes }) => [code, fixes])).toEqual([["read/missing-version", undefined]]);
  });
});

describe("values of other types", () => {
  const keyed = (keys: string) =>
    stages(`- stage:\n  - custom-script:\n      commands: make\n${keys.replace(/^(?=.)/gm, "      ")}\n`);

  test.each([
    ["a map for a number", "timeout: {seconds: 3}", "Write a number without quotes and unit, in seconds."],
    ["a map for a list", "namespaces: {a: b}", 'Start each item below "namespaces:" with "- ".'],
    ["words for a list", "namespaces: a b", 'Write "namespaces: [a b]".'],
    [
      "a list for a text",
      "description: [a]",
      'Put the text in quotes: without them "[" and "{" start a list or a map.',
    ],
    [
      "a map of two keys for a text",
      "description:\n  a: b\n  c: d",
      'Put the text in quotes: without them ": " makes it a map.',
    ],
    [
      "a list as a label",
      "labels: {team: [a]}",
      'Put the text in quotes: without them "[" and "{" start a list or a map.',
    ],
  ])("%s", (_, keys, help) => {
    expect(told(keyed(keys)).map(([code, , remedy]) => [code, remedy])).toEqual([["read/wrong-type", help]]);
  });

  test("empty lines among commands are none", () => {
    const { compilation } = compile(
      fileOf(stages("- stage:\n  - custom-script: {commands: ['', make, '']}\n")),
      SHOP_CONTEXT,
    );
    expect(compilation?.plan.actions[0]?.script?.text.trim()).toBe("make");
  });
});

test("names of param types from elsewhere", () => {
  const text = (type: string) =>
    `version: "1.1"\nparams: [{name: target, type: ${type}}]\nstages: [{stage: [{custom-script: {commands: make}}]}]\n`;
  expect(told(text("bool"))[0]?.[2]).toBe('Write "boolean".');
  expect(told(text("strin"))[0]?.[2]).toBe('Did you mean "string"?');
  expect(told(text("uuid"))[0]?.[2]).toBe('Write "string".');
});
