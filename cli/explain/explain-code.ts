import { compile, didYouMean, EXPLAINED_CODES, type ExplainedCode, formatDiagnostics } from "../../compiler/index.ts";
import { loadCompileContext } from "../compile-context.ts";
import type { Io } from "../io.ts";
import { type Paint, paintFor, usesColor } from "../text/color.ts";
import { UsageError } from "../usage-error.ts";

/** Columns that a paragraph takes at most. */
const WIDEST_LINE = 100;

/** Prints what there is to say about a code. An unknown one is a `UsageError` that names a near one. */
export async function explainCode(written: string, io: Io): Promise<void> {
  const explained = findCode(written);
  const { explanation, help } = explained;
  const example =
    "wrong" in explanation
      ? await exampleText(explained, explanation, io)
      : [wrap(`No example: ${explanation.notShown}`)];
  const paint = paintFor(io.stdout, io.env);
  const sections = [
    `${paint("bold", explained.code)}\n${severityText(explained, paint)} ${explained.message}${help === undefined ? "" : `\n  help: ${help}`}`,
    wrap(explanation.why),
    ...example,
  ];
  io.stdout.write(`${sections.join("\n\n")}\n`);
}

/** The code as it stands, also in its brackets or without its phase where only one has that name. */
function findCode(written: string): ExplainedCode {
  const code = written.replace(/^\[(.*)\]$/, "$1");
  const found = EXPLAINED_CODES.find((explained) => explained.code === code);
  if (found) return found;
  const [named, ...others] = EXPLAINED_CODES.filter((explained) => explained.code.endsWith(`/${code}`));
  if (named && others.length === 0) return named;
  const codes = EXPLAINED_CODES.map((explained) => explained.code);
  throw new UsageError(
    `There is no diagnostic "${code}".`,
    didYouMean(code, codes) ?? "A code stands in brackets behind a diagnostic, such as [validate/unknown-action].",
  );
}

async function exampleText(
  { code }: ExplainedCode,
  { fix, right, wrong }: Extract<ExplainedCode["explanation"], { readonly wrong: string }>,
  io: Io,
): Promise<readonly string[]> {
  const paint = paintFor(io.stdout, io.env);
  const context = await loadCompileContext({ actions: [], executor: [], strict: false }, io);
  const { diagnostics } = compile({ name: "pipeline.yaml", text: wrong }, context);
  const [said] = diagnostics.filter((diagnostic) => diagnostic.code === code);
  return [
    `${paint("red", "wrong")}\n${indent(wrong.trimEnd())}`,
    ...(said ? [indent(formatDiagnostics([said], { color: usesColor(io.stdout, io.env) }))] : []),
    `${paint("green", "right")}\n${indent(right.trimEnd())}`,
    ...(fix === undefined ? [] : [wrap(`sluice fix: ${fix}`)]),
  ];
}

function severityText({ severity }: ExplainedCode, paint: Paint): string {
  return paint(severity === "error" ? "red" : "yellow", `${severity}:`);
}

/** Tabs are shown as such: an example is about them. */
function indent(text: string): string {
  return text.replaceAll("\t", "→ ").replace(/^(?=.)/gm, "  ");
}

function wrap(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line === undefined || line.length + word.length >= WIDEST_LINE) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join("\n");
}
