import type { Edit } from "../../diagnostics/diagnostic.ts";
import { InternalCompilerError } from "../../internal-compiler-error.ts";
import type { YamlEntry, YamlMap, YamlNode } from "../../parse/tree.ts";
import { lineMapOf } from "../../source/line-map.ts";
import type { SourceFile } from "../../source/source-file.ts";
import type { Span } from "../../source/span.ts";
import { writtenItem } from "../../source/written-item.ts";
import { typeNamed } from "./action-item.ts";
import { isNull } from "./fields.ts";
import type { ReadContext } from "./read-context.ts";

/** An item of `stages` that is an action: its first key is an action type, and none is `stage`. */
export function isActionAmongStages(item: YamlNode, { compile }: ReadContext): item is YamlMap {
  const [first] = item.kind === "map" ? item.entries : [];
  return first !== undefined && !stageKeyOf(item) && typeNamed(first.key, compile) !== undefined;
}

/** A stage of which only the word is there. */
export function isBareStage(item: YamlNode | undefined): boolean {
  const key = item && stageKeyOf(item);
  return key !== undefined && isNull(key.value);
}

function stageKeyOf(item: YamlNode): YamlEntry | undefined {
  return item.kind === "map" ? item.entries.find(({ key }) => key === "stage") : undefined;
}

/**
 * Reports actions in the list of stages, at least one, once for those that belong together: those behind a bare
 * `- stage:` stand not deep enough, and one without it is a stage of its own. Answers where they stand.
 */
export function reportActionsAmongStages(
  actions: readonly YamlMap[],
  isBehindStage: boolean,
  context: ReadContext,
): Span {
  const { collector, file } = context;
  const lines = lineMapOf(file);
  const [first] = actions;
  const type = first?.entries[0];
  const last = actions.at(-1);
  if (!first || !type || !last) throw new InternalCompilerError("There are no actions to report.");
  const from = lines.positionAt(first.span.start).line;
  const to = lastLineOf(last, file);
  const deeper = (text: string) => (text.trim() === "" ? text : `  ${text}`);
  const shown = writtenItem(file, from, to, deeper);
  const edits = actions.every((action) => startsItsLine(action, file))
    ? indentLines(from, to, isBehindStage, file)
    : [];
  const help = isBehindStage
    ? `Indent it below "- stage:":\n- stage:\n${shown.replace(/^/gm, "  ")}`
    : `Write "- stage:" above it and indent it:\n- stage:\n${shown.replace(/^/gm, "  ")}`;
  const fixes = edits.length === 0 ? [] : [{ title: 'Put it below "- stage:"', edits }];
  collector.report("read/action-outside-stage", type.keySpan, { type: type.key }, { help, fixes });
  return { start: first.span.start, end: last.span.end };
}

function indentLines(from: number, to: number, isBehindStage: boolean, file: SourceFile): readonly Edit[] {
  const lines = lineMapOf(file);
  const dash = " ".repeat(lines.lineText(from).search(/\S/));
  return Array.from({ length: to - from + 1 }, (_, offset) => from + offset).flatMap((line) => {
    if (lines.lineText(line).trim() === "") return [];
    const start = lines.lineStart(line);
    const stage = line === from && !isBehindStage ? `${dash}- stage:\n` : "";
    return [{ span: { start, end: start }, newText: `${stage}  ` }];
  });
}

function startsItsLine({ flow, span }: YamlMap, file: SourceFile): boolean {
  const lines = lineMapOf(file);
  const { column, line } = lines.positionAt(span.start);
  return !flow && /^ *- +$/.test(lines.lineText(line).slice(0, column - 1));
}

function lastLineOf({ span }: YamlMap, file: SourceFile): number {
  return lineMapOf(file).positionAt(Math.max(span.start, span.end - 1)).line;
}
