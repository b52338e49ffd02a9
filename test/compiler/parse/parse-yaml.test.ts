import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../compiler/fix/apply-edits.ts";
import { parseYaml } from "../../../compiler/parse/parse-yaml.ts";
import type { YamlNode } from "../../../compiler/parse/tree.ts";
import { rangeOf } from "../../../compiler/source/line-map.ts";
import { readMarked } from "../diagnostics/marked-source.ts";

function parse(text: string) {
  return parseYaml({ name: "pipeline.yaml", text });
}

function codesOf(text: string): readonly string[] {
  return parse(text).diagnostics.map(({ code }) => code);
}

/** The tree as plain values. */
function plain(node: YamlNode | undefined): unknown {
  switch (node?.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(plain);
    case "map":
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
    case undefined:
      return undefined;
  }
}

const treeOf = (text: string) => plain(parse(text).value?.root);

describe("scalars mean what they mean to yaml.v3", () => {
  test.each([
    ["1.1", 1.1],
    ["'1.1'", "1.1"],
    ["0x1F", 31],
    ["0o17", 15],
    ["017", 15],
    ["0b101", 5],
    ["1_000", 1000],
    ["-3", -3],
    ["1e3", 1000],
    ["~", null],
    ["", null],
    ["True", true],
    ["yes", "yes"],
    ["on", "on"],
    ["2024-01-02", "2024-01-02"],
    [".inf", ".inf"],
    ["12345678901234567890", "12345678901234567890"],
    ["1.2.3", "1.2.3"],
    ["!!str 12", "12"],
    ["!!int '12'", 12],
    ["! 12", "12"],
  ])("%s", (written, value) => {
    expect(treeOf(`a: ${written}`)).toEqual({ a: value });
  });
});

describe("structure", () => {
  test("anchors, aliases and merge keys", () => {
    const text = `base: &base {cpu: 1, mem: 512}
extra: &extra {mem: 1, disk: 3}
small: {<<: *base}
large:
  <<: [*base, *extra]
  cpu: 4
`;
    expect(treeOf(text)).toMatchObject({
      small: { cpu: 1, mem: 512 },
      large: { cpu: 4, mem: 512, disk: 3 },
    });
  });

  test("a key without a value has none, whoever reads it", () => {
    expect(treeOf("small: {cpu, mem: 1}\nlarge: {cpu, mem: &mem 1}\n")).toEqual({
      small: { cpu: null, mem: 1 },
      large: { cpu: null, mem: 1 },
    });
  });

  test("only the first document is read", () => {
    expect(treeOf("name: shop\n---\nname: [broken\n")).toEqual({ name: "shop" });
  });

  test("a byte order mark and Windows line ends", () => {
    const { diagnostics, value } = parse("\uFEFFname: shop\r\nversion: 1.1\r\n");
    expect(diagnostics).toEqual([]);
    expect(plain(value?.root)).toEqual({ name: "shop", version: 1.1 });
  });

  test("lone carriage returns end lines, as in Erda", () => {
    expect(treeOf("name: shop\rversion: 1.1\r")).toEqual({ name: "shop", version: 1.1 });
  });

  test("spans of keys and values", () => {
    const text = "name:  'the shop' # here";
    const { root } = parse(text).value ?? {};
    const [entry] = root?.kind === "map" ? root.entries : [];
    expect(text.slice(entry?.keySpan.start, entry?.keySpan.end)).toBe("name");
    expect(text.slice(entry?.value.span.start, entry?.value.span.end)).toBe("'the shop'");
  });
});

describe("mistakes", () => {
  test.each([
    ["a tab", "stages:\n\t- stage:\n", "parse/tab-indentation"],
    ["a tab behind a dash", "a:\n -\tb: 1\n", "parse/tab-indentation"],
    ["a key too far left", "a:\n    b: 1\n  c: 2\n", "parse/bad-indentation"],
    ["a list item too far right", "stages:\n- stage:\n  - a:\n      x: 1\n    - b\n", "parse/bad-indentation"],
    ["two colons", "url: http: //shop\n", "parse/nested-map-on-one-line"],
    ["no colon", "version: 1.1\nstages\nname: shop\n", "parse/key-without-colon"],
    ["an open quote", 'name: "shop\n', "parse/missing-character"],
    ["an open bracket", "name: [shop\n", "parse/missing-character"],
    ["an at sign", "name: @shop\n", "parse/bad-first-character"],
    ["an escape", 'name: "\\q"\n', "parse/bad-escape"],
    ["an unknown alias", "name: *shop\n", "parse/unknown-alias"],
    ["an alias inside itself", "name: &shop [*shop]\n", "parse/recursive-alias"],
    ["a merge of a text", "a: {<<: shop}\n", "parse/bad-merge-key"],
    ["a key that is a list", "? [a]\n: 1\n", "parse/key-not-text"],
    ["a directive", "%shop\n---\na: 1\n", "parse/bad-directive"],
    ["an unknown tag", "a: !shop 1\n", "parse/unknown-tag"],
    ["nothing", "", "parse/empty-file"],
    ["only a comment", "# shop\n", "parse/empty-file"],
    ["a text", "shop\n", "parse/not-a-map"],
    ["a list", "- shop\n", "parse/not-a-map"],
    ["a binary file", "a\0b", "parse/not-text"],
  ])("%s", (_what, text, code) => {
    expect(codesOf(text)).toContain(code);
  });

  test("a reference between brackets needs quotes, and the remedy says so", () => {
    const [found] = parse("commands: [cd ${{ dirs.repo }}]\n").diagnostics;
    expect(found?.help).toContain("put quotes around text that holds a reference");
  });

  test("one cause, one diagnostic", () => {
    expect(codesOf("stages:\n- stage:\n  - a:\n      x: 1\n    - b\n")).toHaveLength(1);
    expect(codesOf("a: >-\n\tfoo\n")).toEqual(["parse/tab-indentation"]);
  });

  test.each([
    ["a list", "{<<: [x: 1, [a]]}"],
    ["the number 3", "{<<: 3}"],
    ['"true"', "{<<: true}"],
    ["nothing", "{<<: }"],
    ['the text "shop"', "{<<: shop}"],
  ])("only maps are merged, not %s", (found, text) => {
    expect(parse(`a: ${text}\n`).diagnostics.map(({ message }) => message)).toEqual([
      `A merge key "<<" needs a map or a list of maps, but has ${found}.`,
    ]);
  });

  test.each([
    ["a: !shop 1\n", "a: 1\n"],
    ["a: !!binary aGk=\n", "a: !!binary aGk=\n"],
    ["a: !<tag:shop> 1\n", "a: !<tag:shop> 1\n"],
  ])("of %j the tag is removed where it is written as it is called", (text, mended) => {
    const edits = parse(text).diagnostics.flatMap(({ fixes = [] }) => fixes.flatMap((fix) => fix.edits));
    expect(applyEdits(text, edits)).toBe(mended);
  });

  test("of many tabs each has a fix that is shown", () => {
    const text = Array.from({ length: 120 }, (_, index) => `k${index}: a\n\tb\n`).join("");
    const fixes = parse(text).diagnostics.map((found) => found.fixes?.length ?? 0);
    expect(fixes).toEqual(Array.from({ length: 120 }, (_, index) => (index < 100 ? 1 : 0)));
  });

  test("a duplicate key points at both places", () => {
    const { expected, file } = readMarked(`alias: build
image: node
alias: test
~~~~~ parse/duplicate-key
`);
    const { diagnostics } = parseYaml(file);
    expect(diagnostics.map(({ code, span }) => `${rangeOf(file, span).start.line}:1-6 ${code}`)).toEqual(expected);
    expect(diagnostics[0]?.related?.map(({ span }) => rangeOf(file, span).start.line)).toEqual([1]);
  });
});

const stairs = (depth: number) => Array.from({ length: depth }, (_, step) => `${" ".repeat(step)}a:`).join("\n");

describe("hostile files", () => {
  test.each([
    ["brackets", "[".repeat(50_000)],
    ["maps in maps", "{a: ".repeat(5000)],
    ["lists in lists", "- ".repeat(5000)],
    ["questions", "? ".repeat(5000)],
    ["a key", `? ${"[".repeat(200)}${"]".repeat(200)}\n: 1\nb: 2\n`],
    ["stairs of lists", Array.from({ length: 500 }, (_, depth) => `${" ".repeat(depth)}-`).join("\n")],
    ["stairs", stairs(500)],
    ["a list at the end of stairs", `${stairs(64)}\n${" ".repeat(64)}- a`],
  ])("deep nesting: %s", (_what, text) => {
    expect(codesOf(text)).toEqual(["parse/too-deep"]);
  });

  test("aliases that multiply", () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level},`.repeat(9)}]`,
    );
    expect(codesOf(["l0: &l0 [x]", ...levels].join("\n"))).toEqual(["parse/too-many-aliases"]);
  });

  test("a very large file", () => {
    expect(codesOf("x".repeat(1_100_000))).toEqual(["parse/too-large"]);
  });

  test("any text gives a tree or a diagnostic", () => {
    const bits = fc.constantFrom(
      "a",
      ": ",
      "- ",
      "\n",
      "  ",
      "\t",
      "{",
      "}",
      "[",
      "]",
      "&x",
      "*x",
      "'",
      '"',
      "|",
      ">",
      "#",
      "%",
      "<<",
      "\r",
    );
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(bits).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { diagnostics, value } = parse(text);
        expect(value !== undefined || diagnostics.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
