import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { compile, EXPLAINED_CODES, formatDiagnostics } from "../../compiler/index.ts";
import { positionOf } from "../../compiler/source/line-map.ts";
import { SHOP_CONTEXT } from "./compile-context.ts";
import { longPipeline, MARK, MISTAKES, WHOLE_FILES } from "./mistakes/index.ts";

/** What is said of every mistake; `vitest run test/compiler/diagnostics-table.test.ts -u` writes it. */
const WORDS = fileURLToPath(new URL("mistakes/words.txt", import.meta.url));

/** `line:column` of every mark, and the text without them. */
function unmark(marked: string): { readonly text: string; readonly places: readonly string[] } {
  const [first = "", ...others] = marked.split(MARK);
  const places: string[] = [];
  let text = first;
  for (const piece of others) {
    places.push(placeAt(text, text.length));
    text += piece;
  }
  return { text, places };
}

function placeAt(text: string, offset: number): string {
  const { line, column } = positionOf({ name: "pipeline.yaml", text }, offset);
  return `${line}:${column}`;
}

/** `line:column code` of all that is said of a text. */
function found(text: string): readonly string[] {
  const { diagnostics } = compile({ name: "pipeline.yaml", text }, SHOP_CONTEXT);
  return diagnostics.map(({ code, span }) => `${placeAt(text, span.start)} ${code}`);
}

/** The marks in their order, each with its code. */
function expected(marked: string, codes: readonly string[]): readonly string[] {
  return unmark(marked).places.map((place, index) => `${place} ${codes[index]}`);
}

describe("a mistake is told with its code, line and column, and nothing else is", () => {
  test.each(MISTAKES)("$what: $code", ({ code, text }) => {
    expect(found(unmark(text).text)).toEqual(expected(text, [code]));
  });
});

test("and in these words", async () => {
  const told = [...MISTAKES, ...WHOLE_FILES].map(({ text, what }) => {
    const { diagnostics } = compile({ name: "pipeline.yaml", text: unmark(text).text }, SHOP_CONTEXT);
    const edits = diagnostics.flatMap(({ fixes = [] }) =>
      fixes.flatMap((fix) => fix.edits.map(({ newText }) => `  fix: ${fix.title}: ${JSON.stringify(newText)}\n`)),
    );
    return `# ${what}\n${formatDiagnostics(diagnostics)}\n${edits.join("")}`;
  });
  await expect(told.join("\n")).toMatchFileSnapshot(WORDS);
});

describe("together with two others all three are told, and nothing else is", () => {
  test.each(MISTAKES)("$what: $code", ({ codes, withOthers }) => {
    expect(found(unmark(withOthers).text)).toEqual(expected(withOthers, codes));
  });
});

describe("a file that is no pipeline", () => {
  test.each(WHOLE_FILES)("$what: $code", ({ code, text }) => {
    expect(found(unmark(text).text)).toEqual(expected(text, [code]));
  });
});

describe("what no single mistake can show", () => {
  test("more than a hundred diagnostics are counted, not told", () => {
    const strangers = Array.from({ length: 103 }, (_, number) => `k${number}: 1\n`).join("");
    const told = found(`version: "1.1"\nstages: [{stage: [{custom-script: {commands: make}}]}]\n${strangers}`);
    expect(told).toHaveLength(101);
    expect(told.at(-1)).toBe("102:1 validate/too-many-diagnostics");
  });

  test("a pipeline beyond the events of a history is beyond the bytes of a definition, too", () => {
    const text = longPipeline(5000, (number) => `  - custom-script: {alias: a${number}, commands: make}\n`);
    const codes = ["lower/definition-too-large", "lower/too-many-events"];
    expect(found(text.replace(MARK, ""))).toEqual(codes.map((code) => `1:1 ${code}`));
  });
});

test("every code of the catalog stands in the table", () => {
  const rows = [...MISTAKES, ...WHOLE_FILES].map(({ code }) => code);
  const special = [
    "validate/too-many-envs",
    "validate/too-many-diagnostics",
    "validate/too-long-for-environment",
    "lower/too-many-events",
  ];
  expect(new Set([...rows, ...special])).toEqual(new Set(EXPLAINED_CODES.map(({ code }) => code)));
  expect(rows.length).toBeGreaterThanOrEqual(120);
});
