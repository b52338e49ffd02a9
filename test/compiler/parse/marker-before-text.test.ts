import { describe, expect, test } from "vitest";
import { compile, fixFile } from "../../../compiler/index.ts";
import { SHOP_CONTEXT } from "../compile-context.ts";

const HEAD = 'version: "1.1"\nstages:\n- stage:\n  - custom-script:\n      alias: test\n';
const fileOf = (keys: string) => ({ name: "pipeline.yaml", text: HEAD + keys.replace(/^(?=.)/gm, "      ") });
const codesOf = (keys: string) => compile(fileOf(keys), SHOP_CONTEXT).diagnostics.map(({ code }) => code);
const fixed = (keys: string) => fixFile(fileOf(keys), SHOP_CONTEXT).file.text;

describe("a tag or an anchor before a text that runs", () => {
  test.each([
    ["commands:\n- ! grep shop page.html\n", "commands:\n- '! grep shop page.html'\n"],
    ["commands:\n- !test -f it's\n", "commands:\n- '!test -f it''s'\n"],
    ["commands: &x echo shop\n", "commands: '&x echo shop'\n"],
    ["commands: make\nif: !failed\n", "commands: make\nif: '!failed'\n"],
    ["commands:\n- ! grep shop\n- make\n- *.sh\n", "commands:\n- '! grep shop'\n- make\n- '*.sh'\n"],
  ])("%j is quoted with it", (wrong, right) => {
    expect(codesOf(wrong)).toContain("parse/marker-before-text");
    const text = fixed(wrong);
    expect(text === fileOf(right).text || right.includes("!failed")).toBe(true);
  });

  test.each([
    ["in quotes", 'commands: !shell "make"\n'],
    ["in brackets", "commands: [! grep shop, make]\n"],
    ["on several lines", "commands:\n- ! grep shop\n  page.html &&\n  make\n"],
    ["before a comment", "commands:\n- ! grep shop # or not\n"],
  ])("%s it is told, and nothing of it is taken away", (_, keys) => {
    expect(codesOf(keys)).toContain("parse/marker-before-text");
    expect(fixed(keys)).toBe(fileOf(keys).text);
  });

  test.each([
    ["an anchor that is used", "commands: &make make\ndescription: *make\n", []],
    ["a tag of YAML", "commands: !!str 42\n", []],
    ["a tag before |", "commands: !shell |\n  make\n", ["parse/unknown-tag"]],
    ["a tag on the line above", "commands: !shell\n  make\n", ["parse/unknown-tag"]],
    ["an anchor of a list", "commands: &all [make]\n", []],
    ["an anchor elsewhere", "commands: make\ndescription: &text the shop\n", []],
  ])("%s is one", (_, keys, codes) => expect(codesOf(keys)).toEqual(codes));
});

describe("an alias that is none", () => {
  test("is quoted where it ends its line and cannot be a name", () => {
    expect(fixed("commands: make\nlabels:\n  files: *.sh\n")).toBe(
      fileOf("commands: make\nlabels:\n  files: '*.sh'\n").text,
    );
  });

  test.each([
    "commands: make\nlabels: {files: *.sh}\n",
    "commands: make\nlabels:\n  files: *shop\n",
    "commands: [*.sh ]\n",
  ])("%j stays", (keys) => expect(fixed(keys)).toBe(fileOf(keys).text));
});
