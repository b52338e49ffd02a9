import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createDiagnosticCollector } from "../../../../compiler/diagnostics/collector.ts";
import { parseAnyYaml } from "../../../../compiler/parse/parse-yaml.ts";
import { readSimpleYaml } from "../../../../compiler/parse/simple-yaml/read-simple-yaml.ts";
import { createRandom, mutate } from "../../mutate.ts";

/** Texts of each kind per run; `SLUICE_FUZZ_TEXTS=1000000` takes more. */
const TEXTS = Number(process.env["SLUICE_FUZZ_TEXTS"] ?? 20_000);

const BOUNDS = { depth: 64, nodes: 500_000 };

/** Whether the text was simple; fails where the YAML library finds a mistake in it, or another tree. */
function isReadAlike(text: string): boolean {
  const simple = readSimpleYaml(text, BOUNDS);
  if (!simple) return false;
  const collector = createDiagnosticCollector({ name: "pipeline.yaml", text });
  const tree = parseAnyYaml(text, collector);
  expect({ text, diagnostics: collector.diagnostics, tree: JSON.stringify(simple) }).toEqual({
    text,
    diagnostics: [],
    tree: JSON.stringify(tree),
  });
  return true;
}

const ROOT = new URL("../../../../", import.meta.url);
/** Pipelines of the repository, and those of others where they are at hand. */
const PIPELINES = ["test/fixtures/compile/", "examples/", "../shared/corpus/erda/"]
  .map((folder) => new URL(folder, ROOT))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => /\.ya?ml$/.test(path))
      .sort()
      .map((path) => readFileSync(new URL(path, folder), "utf8")),
  );

/** Words of which lines of simple YAML are made, and such as make them another thing. */
const LINES = [
  ...["a:", "b:", "c:", "k: v", "k: v # why", "k:   v  ", "k: 1", "k:", "k: # why", "k:# no", "k : v", "a b: c d"],
  ...[
    "- a",
    "- a:",
    "- k: v",
    "-",
    "- ",
    "-   k: v",
    "- - a",
    "- a # why",
    "- -1",
    "- 'a'",
    '- "a": b',
    "- |",
    "- {a: b}",
  ],
  ...["k: 'it''s'", 'k: "a # b"', "k: 'a", 'k: "\\n"', "k: 'a' b", "'k': v", '"k": v', "'k':v", "k: ''", 'k: "a: b"'],
  ...[
    "k: [a, b]",
    "k: {a: 1, b: [x, 'y']}",
    "k: []",
    "k: {}",
    "k: [a, ]",
    "k: [a: b]",
    "k: {a}",
    "k: {a: }",
    "k: [a, b",
  ],
  ...[
    "]",
    "k: [a b, c:d]",
    "k: [a] # why",
    "k: [a]#",
    "k: {a: b, a: c}",
    "k: [- a]",
    "k: [-]",
    "k: {'a': b}",
    "k: {'a':b}",
  ],
  ...[
    "k: |",
    "k: |-",
    "k: |+",
    "k: |2",
    "k: | # why",
    "k: >",
    "k: |  ",
    "k: |\u00a0",
    "k: |-\u2028",
    "text",
    "more text",
    "# why",
    "#",
    "",
    " ",
    "   ",
  ],
  ...[
    "---",
    "...",
    "--- a",
    "%YAML 1.2",
    "? k",
    ": v",
    "<<: *a",
    "k: &a v",
    "k: *a",
    "k: !t v",
    "!!str k: v",
    "k: @",
    "k: `",
  ],
  ...[
    "k: a: b",
    "k: a:",
    "k: - a",
    "k: -1",
    "k: -",
    "k: ?",
    "k: :80",
    "k: a:b",
    "k: #",
    "k: %",
    "k: ~",
    "k: a, b]",
    "-1: a",
  ],
  ...[
    "ключ: значение",
    "k: \u2028",
    "k: \u00a0v",
    "k: a\\b",
    "k: ${{ outputs.a.b }}",
    "k: {a: b}: c",
    "[a]: b",
    "1.1: a",
    ".a: b",
  ],
] as const;

/** Up to twelve lines, most of them no deeper than the last one's children. */
function randomLines(random: () => number): string {
  const lines: string[] = [];
  for (let count = 1 + Math.floor(random() * 12), indent = 0; count > 0; count--) {
    lines.push(" ".repeat(indent) + (LINES[Math.floor(random() ** 1.5 * LINES.length)] ?? ""));
    if (random() < 0.6) indent = Math.max(0, indent + Math.floor(random() * 6) - 2);
  }
  return lines.join("\n") + (random() < 0.7 ? "\n" : "");
}

describe("simple YAML is read as the YAML library reads it", () => {
  test("pipelines, of which most are simple", () => {
    const simple = PIPELINES.filter((text) => isReadAlike(text)).length;
    expect(simple / PIPELINES.length).toBeGreaterThan(0.5);
  });

  test(`${TEXTS} pipelines with some changes`, () => {
    let simple = 0;
    for (let seed = 0; seed < TEXTS; seed++) if (isReadAlike(mutate(PIPELINES, createRandom(seed)))) simple++;
    expect(simple / TEXTS).toBeGreaterThan(0.1);
  });

  test(`${TEXTS} texts of random lines`, () => {
    let simple = 0;
    for (let seed = 0; seed < TEXTS; seed++) if (isReadAlike(randomLines(createRandom(seed)))) simple++;
    expect(simple / TEXTS).toBeGreaterThan(0.02);
  });
});
