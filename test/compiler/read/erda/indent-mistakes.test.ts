import { describe, expect, test } from "vitest";
import { compile, fixFile, formatDiagnostics } from "../../../../compiler/index.ts";
import { SHOP_CONTEXT } from "../../compile-context.ts";

const HEAD = 'version: "1.1"\nstages:\n- stage:\n';
const fileOf = (item: string) => ({ name: "pipeline.yaml", text: HEAD + item });

function told(item: string): readonly (readonly [code: string, help: string | undefined])[] {
  const { diagnostics } = compile(fileOf(item), SHOP_CONTEXT);
  return diagnostics.filter(({ severity }) => severity === "error").map(({ code, help }) => [code, help]);
}

const fixed = (item: string) => fixFile(fileOf(item), SHOP_CONTEXT).file.text.slice(HEAD.length);

describe("a list item with several keys", () => {
  test("of which the first has nothing behind it: the others belong below it", () => {
    const item = "  - echo:\n    colour: red\n    size: 3\n\n  - custom-script: {commands: make}\n";
    expect(told(item)).toEqual([
      ["read/indent", "Indent the keys of the action deeper than its type:\n- echo:\n    colour: red\n    size: 3"],
    ]);
  });

  test('that are actions: each starts with "- "', () => {
    const item = "  - echo:\n      params: {text: hello}\n    custom-script:\n      commands: make\n";
    const meant = "  - echo:\n      params: {text: hello}\n  - custom-script:\n      commands: make\n";
    expect(told(item)[0]?.[1]).toBe(
      'Start each action with "- ":\n- echo:\n    params: {text: hello}\n- custom-script:\n    commands: make',
    );
    expect(fixed(item)).toBe(meant);
  });

  test("a long one is shown without its middle", () => {
    const script = Array.from({ length: 20 }, (_, number) => `      - make part${number}\n`).join("");
    const [, help = ""] = told(`  - echo:\n    commands:\n${script}    colour: red\n`)[0] ?? [];
    expect(help.split("\n")).toHaveLength(9);
    expect(help).toContain("\n  …\n");
    expect(help).toMatch(/ {4}colour: red$/);
  });

  test.each([
    ["on one line", "  - {echo: {params: {text: a}}, wait: {params: {wait_time_sec: 1}}}\n"],
    ["merged", "  - <<: {echo: {}}\n    wait: {}\n"],
    ["several on a line of their own", "  - ? echo\n    : {}\n    ? wait\n    : {}\n"],
  ])("%s: the words alone", (_, item) => {
    const help = 'Indent the keys of an action deeper than its type, or start each action with "- ".';
    const [first] = told(item);
    expect(first?.[0]).toBe("read/indent");
    if (!item.includes("?")) expect(first?.[1]).toBe(help);
  });
});

describe("a key in the column of a list's dashes", () => {
  const shown = "Indent it like the other keys of the item:\n- path: /root/go\n  key: go-cache";

  test.each([
    ["beside the list", "      caches:\n      - path: /root/go\n      key: go-cache\n", "read/key-beside-list"],
    [
      "deeper than the list's key",
      "      caches:\n        - path: /root/go\n        key: go-cache\n",
      "parse/bad-indentation",
    ],
  ])("%s", (_, keys, code) => {
    const item = `  - custom-script:\n      commands: make\n${keys}`;
    expect(told(item)).toEqual([[code, shown]]);
    expect(fixed(item)).toBe(item.replace(/^( *)key: go-cache/m, "$1  key: go-cache"));
  });

  test("beside keys that stand beside their type", () => {
    const item = "  - custom-script:\n    commands: make\n    caches:\n    - path: /root/go\n    key: go-cache\n";
    expect(told(item)).toEqual([["read/key-beside-list", shown]]);
  });

  test("with a value of several lines has no fix", () => {
    const item =
      "  - custom-script:\n      commands: make\n      caches:\n      - path: /root/go\n      key: go\n        cache\n";
    const { diagnostics } = compile(fileOf(item), SHOP_CONTEXT);
    const found = diagnostics.find(({ code }) => code === "read/key-beside-list");
    expect(found?.fixes).toBeUndefined();
  });

  test.each([
    ["the item has the key", "      caches:\n      - key: a\n        path: /a\n      key: b\n"],
    ["the list is on one line", "      caches: [{path: /a}]\n      key: b\n"],
    ["no item has such a key", "      caches:\n      - path: /a\n      colour: b\n"],
    ["the list is empty", "      caches: []\n      key: b\n"],
    ["another key is between", "      caches:\n      - path: /a\n      timeout: 5\n      key: b\n"],
    ["the items are no maps", "      caches:\n      - /a\n      key: b\n"],
    ["the dash stands alone", "      caches:\n      -\n        path: /a\n      key: b\n"],
    ["the list is indented", "      caches:\n        - path: /a\n      key: b\n"],
  ])("is an unknown key like others where %s", (_, keys) => {
    const { diagnostics } = compile(fileOf(`  - custom-script:\n      commands: make\n${keys}`), SHOP_CONTEXT);
    const codes = diagnostics.map(({ code }) => code);
    expect(codes).toContain("read/unknown-key");
    expect(codes).not.toContain("read/key-beside-list");
  });
});

test.each([
  ["a key below an item that is deeper", "  - custom-script:\n      labels:\n          team: shop\n        size: 3\n"],
  ["a dash that is too deep", "  - custom-script:\n      labels: {a: b}\n        - make\n"],
])("%s has the general remedy", (_, item) => {
  expect(told(item)[0]?.[1]).toMatch(/^Keys of one map and items of one list|^A second|^Put quotes/);
});

test("what is shown of the file stands below the words of the help", () => {
  const { diagnostics } = compile(fileOf("  - echo:\n    colour: red\n"), SHOP_CONTEXT);
  expect(formatDiagnostics(diagnostics)).toContain(
    "  help: Indent the keys of the action deeper than its type:\n    - echo:\n        colour: red",
  );
});

test("a key that must be there and is misspelt is one mistake", () => {
  const text = 'versoin: "1.1"\nparams: [{nam: target}]\nstages: [{stage: [{custom-script: {commands: make}}]}]\n';
  const { diagnostics } = compile({ name: "pipeline.yaml", text }, SHOP_CONTEXT);
  expect(diagnostics.map(({ code, help }) => [code, help])).toEqual([
    ["read/missing-version", 'Did you mean "version"?'],
    ["read/missing-key", 'Did you mean "name"?'],
  ]);
  expect(fixFile({ name: "pipeline.yaml", text }, SHOP_CONTEXT).file.text).toBe(
    text.replace("versoin", "version").replace("nam:", "name:"),
  );
});
