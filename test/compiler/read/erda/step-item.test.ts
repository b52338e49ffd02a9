import { describe, expect, test } from "vitest";
import { compile, fixFile } from "../../../../compiler/index.ts";
import { SHOP_CONTEXT } from "../../compile-context.ts";

const HEAD = 'version: "1.1"\nstages:\n- stage:\n';
const fileOf = (item: string) => ({ name: "pipeline.yaml", text: HEAD + item });
const told = (item: string) => compile(fileOf(item), SHOP_CONTEXT).diagnostics.map(({ code, help }) => [code, help]);
const fixed = (item: string) => fixFile(fileOf(item), SHOP_CONTEXT).file.text.slice(HEAD.length);

describe("a step of GitHub Actions as an item of a stage", () => {
  test.each([
    ["  - run: make\n", "  - custom-script:\n      commands: make\n"],
    ["  - name: Build\n    run: 'make all'\n", "  - custom-script:\n      alias: Build\n      commands: 'make all'\n"],
    [
      "  - id: open\n    uses: echo\n    with: {text: hello}\n",
      "  - echo:\n      alias: open\n      params: {text: hello}\n",
    ],
  ])("%j becomes an action", (step, action) => {
    expect(told(step).map(([code]) => code)).toEqual(["read/missing-type"]);
    expect(fixed(step)).toBe(action);
  });

  test("a checkout is called as it is called here", () => {
    expect(told("  - uses: actions/checkout@v4\n")).toEqual([
      ["read/missing-type", "Write the action type as the key of the item, and the others below it:\n- git-checkout:"],
    ]);
  });

  test.each([
    ["in braces", "  - {run: make}\n"],
    ["with a key that is none here", "  - run: make\n    colour: red\n"],
    ["with two names", "  - run: make\n    name: a\n    id: b\n"],
    ["with a text of several lines", "  - run: |\n      make\n"],
    ["with a comment", "  - run: make\n    # the shop\n    name: a\n"],
    ["of an unknown type", "  - uses: docker/build@v5\n    with:\n      push: true\n"],
  ])("%s it stays", (_, step) => {
    expect(told(step)).toEqual([
      ["read/missing-type", 'Write "- custom-script:" and the keys of the action below it, indented deeper.'],
    ]);
    expect(fixed(step)).toBe(step);
  });

  test("a type may be called so, and a key that is merged is none of the item", () => {
    const run = { ...SHOP_CONTEXT.actionTypes.get("echo"), name: "run" };
    const types = new Map([...SHOP_CONTEXT.actionTypes, ["run", run] as never]);
    const { diagnostics } = compile(fileOf("  - run: make\n"), { ...SHOP_CONTEXT, actionTypes: types });
    expect(diagnostics.map(({ code }) => code)).toEqual(["read/wrong-type"]);
    expect(told("  - <<: {run: make}\n").map(([code]) => code)).toEqual(["read/wrong-type"]);
  });
});
