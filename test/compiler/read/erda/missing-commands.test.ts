import { describe, expect, test } from "vitest";
import { compile, fixFile } from "../../../../compiler/index.ts";
import { SHOP_CONTEXT } from "../../compile-context.ts";

const HEAD = 'version: "1.1"\nstages:\n- stage:\n  - custom-script:\n      alias: test\n';
const fileOf = (keys: string) => ({ name: "pipeline.yaml", text: HEAD + keys.replace(/^(?=.)/gm, "      ") });
const told = (keys: string) => compile(fileOf(keys), SHOP_CONTEXT).diagnostics;
const fixed = (keys: string) => fixFile(fileOf(keys), SHOP_CONTEXT).file.text;

describe("an action that has nothing to run", () => {
  test.each(["", "commands:\n", "commands: ~\n", 'commands: " "\n', "commands: []\n", 'commands: ["", ~]\n'])(
    "%j",
    (keys) => expect(told(keys).map(({ code }) => code)).toEqual(["read/no-commands"]),
  );

  test("without an alias is called as its type", () => {
    const { diagnostics } = compile(
      { name: "pipeline.yaml", text: `${HEAD.split("\n").slice(0, 4).join("\n")}\n` },
      SHOP_CONTEXT,
    );
    expect(diagnostics.map(({ message }) => message)).toEqual([
      expect.stringContaining('"custom-script" has no commands'),
    ]);
  });

  test.each([
    ["a disabled one", "disable: true\n", []],
    ["commands of a wrong type", "commands: {run: make}\n", ["read/wrong-type"]],
    ["commands of an alias that is none", "commands: *make\n", ["parse/unknown-alias"]],
    ["commands under params", "params: {commands: make}\n", ["validate/commands-in-params"]],
    ["a script under params", "params: {script: make}\n", ["read/no-commands"]],
    ["a key of another system beside commands", "commands: make\nrun: make\n", ["read/unknown-key"]],
    ["empty commands and another key", "commands:\nrun: make\n", ["read/no-commands", "read/unknown-key"]],
  ])("%s: %j", (_, keys, codes) => expect(told(keys).map(({ code }) => code)).toEqual(codes));

  test.each([
    ["run: make\n", "commands: make\n"],
    ["cmds:\n- make\n- make test\n", "commands:\n- make\n- make test\n"],
    ["steps:\n- run: make\n- run: 'make test'\n", "commands:\n- make\n- 'make test'\n"],
  ])("%j is renamed", (wrong, right) => expect(fixed(wrong)).toBe(fileOf(right).text));

  test.each([
    "steps:\n- name: build\n  run: make\n",
    "steps:\n- run: |\n    make\n",
    "steps:\n- {run: make}\n",
    "steps:\n- <<: {run: make}\n",
    "steps: {run: make}\n",
    "<<: {run: make}\n",
  ])("%j is told, and stays", (keys) => {
    expect(told(keys).map(({ code }) => code)).toEqual(["read/no-commands"]);
    expect(fixed(keys)).toBe(fileOf(keys).text);
  });
});

describe("an item of commands that is no text", () => {
  test.each([
    ["commands:\n- run: make\n", "commands:\n- make\n"],
    ["commands:\n- [ -f page.html ]\n- make\n", "commands:\n- '[ -f page.html ]'\n- make\n"],
    ["commands:\n- { make; }\n", "commands:\n- '{ make; }'\n"],
  ])("%j becomes one", (wrong, right) => expect(fixed(wrong)).toBe(fileOf(right).text));

  test.each(["commands:\n- [page]\n", "commands:\n- - make\n", "commands: [{run: make}]\n", "commands:\n- {a: b}\n"])(
    "%j stays",
    (keys) => expect(fixed(keys)).toBe(fileOf(keys).text),
  );
});
