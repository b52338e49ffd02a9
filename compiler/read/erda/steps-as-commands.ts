import type { Edit, Fix } from "../../diagnostics/diagnostic.ts";
import type { YamlNode } from "../../parse/tree.ts";
import { lineMapOf } from "../../source/line-map.ts";
import type { SourceFile } from "../../source/source-file.ts";

/**
 * Makes commands of a list of steps as GitHub Actions has them, `- run: make`: only the text behind `run` is kept. None
 * where one item says more than that, or says it on several lines.
 */
export function stepsAsCommands(node: YamlNode, file: SourceFile): readonly Fix[] {
  if (node.kind !== "list" || node.items.length === 0) return [];
  const edits = node.items.map((item) => stepAsCommand(item, file));
  return edits.every((edit) => edit !== undefined) ? [{ title: 'Leave out "run:"', edits }] : [];
}

/** Takes `run: ` off a map that has no other key and stands on one line of its own. */
export function stepAsCommand(item: YamlNode, file: SourceFile): Edit | undefined {
  const [only, ...others] = item.kind === "map" && !item.flow ? item.entries : [];
  if (only?.key !== "run" || only.merged || others.length > 0 || only.value.kind !== "scalar") return undefined;
  const { keySpan, value } = only;
  const lines = lineMapOf(file);
  const isOneLine = lines.positionAt(keySpan.start).line === lines.positionAt(value.span.end).line;
  return isOneLine ? { span: { start: keySpan.start, end: value.span.start }, newText: "" } : undefined;
}
