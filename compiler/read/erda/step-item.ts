import type { Fix } from "../../diagnostics/diagnostic.ts";
import { actionTypeOf } from "../../diagnostics/foreign-words.ts";
import { replaceBy } from "../../diagnostics/text-fixes.ts";
import type { YamlEntry, YamlMap } from "../../parse/tree.ts";
import { lineMapOf } from "../../source/line-map.ts";
import type { SourceFile } from "../../source/source-file.ts";
import { wordsOf } from "./fields.ts";
import type { ReadContext } from "./read-context.ts";

/** What a step of another system is here: keys of an action below its type. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["name", "alias"],
  ["id", "alias"],
  ["run", "commands"],
  ["script", "commands"],
  ["with", "params"],
]);

/**
 * Reports a list item that is a step as GitHub Actions has them: it names what it runs by `run` or `uses` and no action
 * type. Answers whether it was that.
 */
export function reportStep(item: YamlMap, { collector, compile, file }: ReadContext): boolean {
  const main = item.entries.find(({ key, merged }) => !merged && (key === "run" || key === "uses"));
  const text = wordsOf(main?.value);
  if (!main || !text || compile.actionTypes.has(main.key)) return false;
  const type = main.key === "run" ? "custom-script" : actionTypeOf(text.value, compile.actionTypes);
  const others = item.entries.filter((entry) => entry.key !== "uses");
  const action = writtenAction(type, others, item, file);
  const help = action
    ? `Write the action type as the key of the item, and the others below it:\n${action.shown}`
    : `Write "- ${type}:" and the keys of the action below it, indented deeper.`;
  collector.report("read/missing-type", main.keySpan, {}, { help, fixes: action?.fixes });
  return true;
}

/** The item as it is meant; none where a key is unknown, stands twice, or its value is not on one line. */
function writtenAction(
  type: string,
  entries: readonly YamlEntry[],
  item: YamlMap,
  file: SourceFile,
): { readonly shown: string; readonly fixes: readonly Fix[] } | undefined {
  const lines = lineMapOf(file);
  const { column, line } = lines.positionAt(item.span.start);
  const names = entries.map(({ key }) => NAMES.get(key));
  const isOneLine = ({ keySpan, merged, value }: YamlEntry) =>
    !merged && lines.positionAt(keySpan.start).line === lines.positionAt(value.span.end).line;
  if (item.flow || names.includes(undefined) || new Set(names).size < names.length || !entries.every(isOneLine)) return;
  const written = entries.map(
    ({ value }, index) => `${names[index]}: ${textAt(value.span.start, value.span.end, file)}`,
  );
  const last = lines.positionAt(Math.max(item.span.start, item.span.end - 1)).line;
  // Lines between that are none of its keys are comments, which nothing may swallow.
  if (last - line + 1 > item.entries.length) return;
  const end = lines.lineStart(last) + lines.lineText(last).trimEnd().length;
  const body = written.map((text) => `\n${" ".repeat(column + 1)}${text}`).join("");
  return {
    shown: [`- ${type}:`, ...written.map((text) => `    ${text}`)].join("\n"),
    fixes: [replaceBy(`Make it a "${type}"`, { start: item.span.start, end }, `${type}:${body}`)],
  };
}

function textAt(start: number, end: number, file: SourceFile): string {
  return file.text.slice(start, end).trimEnd();
}
