import { expect } from "vitest";
import type { CompileContext } from "../../../compiler/context.ts";
import { arrangeDiagnostics } from "../../../compiler/diagnostics/arrange.ts";
import type { Diagnostic } from "../../../compiler/diagnostics/diagnostic.ts";
import { formatDiagnostics } from "../../../compiler/diagnostics/format.ts";
import { strictly } from "../../../compiler/diagnostics/strict.ts";
import type { Pipeline } from "../../../compiler/model/pipeline.ts";
import { parseYaml } from "../../../compiler/parse/parse-yaml.ts";
import { readPipeline } from "../../../compiler/read/erda/read-pipeline.ts";
import { lineMapOf, rangeOf } from "../../../compiler/source/line-map.ts";
import type { SourceFile } from "../../../compiler/source/source-file.ts";
import { validatePipeline } from "../../../compiler/validate/validate-pipeline.ts";
import { SHOP_CONTEXT } from "./shop-context.ts";

/** A text without its marker lines, and what those lines want. */
export interface MarkedSource {
  readonly file: SourceFile;
  readonly expected: readonly string[];
}

/**
 * Reads expectations that stand below the wrong text:
 *
 *     - custom-scrip:
 *     # ~~~~~~~~~~~~ validate/unknown-action Did you mean "custom-script"?
 *
 * The tildes mark the span (its part on that line), then come the code and, if it matters, the help. `#` may be left out
 * where the span begins in the first columns. Marker lines are taken out before the text is compiled.
 */
export function readMarked(marked: string, name = "pipeline.yaml"): MarkedSource {
  const lines: string[] = [];
  const expected: string[] = [];
  for (const line of marked.split("\n")) {
    const match = /^(\s*#?\s*)(~+) (\w+\/[\w-]+)(?: (.*))?$/.exec(line);
    if (!match) {
      lines.push(line);
      continue;
    }
    const [, before = "", tildes = "", code = "", help] = match;
    const place = `${lines.length}:${before.length + 1}-${before.length + tildes.length + 1}`;
    expected.push(`${place} ${code}${help === undefined ? "" : ` ${help}`}`);
  }
  return { file: { name, text: lines.join("\n") }, expected };
}

/** What the front half finds in a file. */
export function checkSource(
  file: SourceFile,
  context: CompileContext = SHOP_CONTEXT,
): { readonly pipeline: Pipeline | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const parsed = parseYaml(file);
  const read = parsed.value && readPipeline(parsed.value, context);
  const pipeline = read?.value;
  const found = pipeline ? validatePipeline(pipeline, context, file) : [];
  const all = [...parsed.diagnostics, ...(read?.diagnostics ?? []), ...found];
  return { pipeline, diagnostics: arrangeDiagnostics(context.strict ? strictly(all) : all) };
}

/** Wants exactly the marked diagnostics; the help is compared where the marker has one. */
export function expectMarked(marked: string, context?: CompileContext): void {
  const { expected, file } = readMarked(marked);
  const { diagnostics } = checkSource(file, context);
  const wantsHelp = new Set(expected.filter((line) => line.split(" ").length > 2).map(placeAndCode));
  const found = diagnostics.map((diagnostic) => {
    const short = `${placeOf(diagnostic)} ${diagnostic.code}`;
    return wantsHelp.has(short) ? `${short} ${diagnostic.help}` : short;
  });
  expect(found.sort(), formatDiagnostics(diagnostics)).toEqual([...expected].sort());
}

/** Wants no diagnostics and gives the model. */
export function expectClean(text: string, context?: CompileContext): Pipeline {
  const { diagnostics, pipeline } = checkSource({ name: "pipeline.yaml", text }, context);
  expect(formatDiagnostics(diagnostics)).toBe("");
  if (!pipeline) throw new Error("no pipeline was read");
  return pipeline;
}

function placeAndCode(expectation: string): string {
  return expectation.split(" ").slice(0, 2).join(" ");
}

function placeOf({ file, span }: Diagnostic): string {
  const { end, start } = rangeOf(file, span);
  const lineEnd = lineMapOf(file).lineText(start.line).length + 1;
  const endColumn = end.line === start.line ? end.column : lineEnd;
  // An empty span is marked by one tilde.
  return `${start.line}:${start.column}-${Math.max(endColumn, start.column + 1)}`;
}
