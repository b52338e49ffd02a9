import { describe, expect, test } from "vitest";
import { compile, fixFile } from "../../../compiler/index.ts";
import { SHOP_CONTEXT } from "../compile-context.ts";

const HEAD = 'version: "1.1"\nstages:\n- stage:\n  - custom-script:\n      alias: test\n';
const fileOf = (keys: string) => ({
  name: "pipeline.yaml",
  text: HEAD + keys.replace(/^(?!\t)(?=.)/gm, "      "),
});
const codesOf = (keys: string) => compile(fileOf(keys), SHOP_CONTEXT).diagnostics.map(({ code }) => code);
const fixed = (keys: string) => fixFile(fileOf(keys), SHOP_CONTEXT).file.text;

describe("a line of which YAML takes only the beginning", () => {
  test.each([
    ["commands:\n- [ -f page.html ] && make\n", "commands:\n- '[ -f page.html ] && make'\n"],
    ["commands: [[ -f page.html ]] || make\n", "commands: '[[ -f page.html ]] || make'\n"],
    ["commands:\n- {a} b\n", "commands:\n- '{a} b'\n"],
    ["commands:\n- | cat\n- > out.txt\n", "commands:\n- '| cat'\n- '> out.txt'\n"],
    ["commands:\n- *.sh all\n", "commands:\n- '*.sh all'\n"],
    ['commands:\n- "make" all\n', "commands:\n- '\"make\" all'\n"],
    ["commands: 'make' all\n", "commands: \"'make' all\"\n"],
    ['commands: "echo "open""\n', "commands: 'echo \"open\"'\n"],
    ["commands: [make, ls ${{ random.string }}, make]\n", 'commands: [make, "ls ${{ random.string }}", make]\n'],
    ["commands: make\nparams: {a: ${{ random.string }}}\n", 'commands: make\nparams: {a: "${{ random.string }}"}\n'],
  ])("%j is quoted as a whole", (wrong, right) => expect(fixed(wrong)).toBe(fileOf(right).text));

  test.each([
    ["a text in quotes where anything may stand", 'commands: make\ndescription: "the shop" here\n'],
    ["the same below its key", 'commands: make\ndescription:\n  "the shop" here\n'],
    ["both kinds of quotes", "commands:\n- \"make\" 'all'\n"],
    ["a backslash", 'commands:\n- "ma\\tke" all\n'],
    ["quotes that stay open", 'commands: "echo "open\n'],
    ["one quote too many", 'commands: "a"b"\n'],
    ["a comment", "commands:\n- [ -f page.html ] && make # all\n"],
    ["a reference beside quotes", "commands: [ls '${{ random.string }}'x ${{ random.string }}]\n"],
    ["a value of two lines", "commands: 'make\n  all' test\n"],
  ])("%s: the line stays", (_, keys) => expect(fixed(keys)).toBe(fileOf(keys).text));
});

describe("a text in quotes that stays open", () => {
  test.each([
    ["at its first quote", 'commands:\n- "echo open\n- make\n', '"'],
    ["of single ones, too", "commands: 'echo open\n", "'"],
    ["at the end of a file", "commands: 'echo open", "'"],
    ["that others follow", 'commands: \'echo open\nlabels: {team: "shop"}\n', "'"],
  ])("is told %s", (_, keys, quote) => {
    const { diagnostics } = compile(fileOf(keys), SHOP_CONTEXT);
    expect(diagnostics.map(({ code, span }) => [code, fileOf(keys).text.slice(span.start, span.end)])).toEqual([
      ["parse/missing-character", quote],
    ]);
  });
});

describe("a line that should be a key or an item", () => {
  test.each([
    ["commands:\n-make\n", "commands:\n- make\n"],
    ["commands: make\ntimeout:60\n", "commands: make\ntimeout: 60\n"],
    ["commands: make\nlabels\n  team: shop\n", "commands: make\nlabels:\n  team: shop\n"],
  ])("%j", (wrong, right) => expect(fixed(wrong)).toBe(fileOf(right).text));

  test.each(["commands: make\nthe shop\n", "commands: make\nlabels\n", "commands: make\nhttp://shop\n"])(
    "%j stays",
    (keys) => {
      expect(codesOf(keys)).toEqual(["parse/key-without-colon"]);
      expect(fixed(keys)).toBe(fileOf(keys).text);
    },
  );
});

describe("tabs below a sign that keeps lines", () => {
  test.each([
    ["commands: |\n\tmake\n\t\tmake test\n", "commands: |\n  make\n    make test\n"],
    ["commands:\n- |\n\tmake\n", "commands:\n- |\n  make\n"],
  ])("%j", (wrong, right) => {
    expect(codesOf(wrong)).toEqual(["parse/tab-indentation"]);
    expect(fixed(wrong)).toBe(fileOf(right).text);
  });
});
