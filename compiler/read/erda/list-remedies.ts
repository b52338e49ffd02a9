import type { Remedy } from "../../diagnostics/create-diagnostic.ts";
import type { Fix } from "../../diagnostics/diagnostic.ts";
import { inSingleQuotes, replaceBy } from "../../diagnostics/text-fixes.ts";
import type { YamlEntry, YamlMap, YamlNode } from "../../parse/tree.ts";
import { lineMapOf } from "../../source/line-map.ts";
import type { SourceFile } from "../../source/source-file.ts";
import { isNull } from "./fields.ts";
import { type KeyType, specsOf } from "./key-table.ts";

/** How to write a list, given what stands there instead; `items` is what the list is of. */
export function remedyForList(key: string, node: YamlNode, items: KeyType, file: SourceFile): Remedy {
  if (node.kind === "map" && key === "stages") return remedyForStages(node, file);
  if (node.kind === "map" && items.kind === "level" && specsOf(items.level).has("name")) {
    return remedyForNamed(node, specsOf(items.level).has("ref") ? "ref" : "default", file);
  }
  if (node.kind !== "scalar") return { help: `Start each item below "${key}:" with "- ".` };
  const isWord = node.style === "plain" && /^[\w.-]+$/.test(node.text);
  const fixes = isWord ? [replaceBy("Make it a list", node.span, `[${node.text}]`)] : [];
  return { help: `Write "${key}: [${node.text}]".`, fixes };
}

/** Other systems name their stages, and a "-" is easily forgotten. */
function remedyForStages(node: YamlMap, file: SourceFile): Remedy {
  const help = 'Write each stage as "- stage:" with the list of its actions below it; a stage has no name of its own.';
  const [only, ...others] = node.entries;
  if (only?.key !== "stage" || others.length > 0 || node.flow || only.merged) return { help };
  const lines = lineMapOf(file);
  const first = lines.positionAt(only.keySpan.start).line;
  const last = lines.positionAt(Math.max(node.span.start, node.span.end - 1)).line;
  const edits = Array.from({ length: last - first + 1 }, (_, offset) => first + offset).flatMap((line) => {
    const start = line === first ? only.keySpan.start : lines.lineStart(line);
    return lines.lineText(line).trim() === ""
      ? []
      : [{ span: { start, end: start }, newText: line === first ? "- " : "  " }];
  });
  return { help, fixes: [{ title: 'Write "- stage:"', edits }] };
}

/** `params: {target: staging}` as a list of maps with a name each. */
function remedyForNamed(node: YamlMap, valueKey: string, file: SourceFile): Remedy {
  const items = node.entries.map((entry) => writtenItem(entry, valueKey, file));
  const shown =
    items.find((item) => item !== undefined) ?? `{name: ${node.entries[0]?.key ?? "target"}, ${valueKey}: …}`;
  const help = `Write a list with one item for each: "- ${shown}".`;
  return { help, fixes: node.entries.some(({ merged }) => merged) ? [] : asList(node, items) };
}

function asList(node: YamlMap, items: readonly (string | undefined)[]): readonly Fix[] {
  const title = "Make it a list";
  const known = items.filter((item) => item !== undefined);
  if (known.length < items.length || known.length === 0) return [];
  if (node.flow) return [replaceBy(title, node.span, `[${known.join(", ")}]`)];
  const edits = node.entries.map(({ keySpan, value }, index) => ({
    span: { start: keySpan.start, end: Math.max(keySpan.end + 1, value.span.end) },
    newText: `- ${known[index]}`,
  }));
  return [{ title, edits }];
}

/** One entry as a map in braces; `undefined` where its value is not on its line, or is a list. */
function writtenItem({ key, keySpan, value }: YamlEntry, valueKey: string, file: SourceFile): string | undefined {
  const lines = lineMapOf(file);
  if (!/^[\w.-]+$/.test(key)) return undefined;
  if (isNull(value)) return `{name: ${key}}`;
  if (lines.positionAt(keySpan.start).line !== lines.positionAt(value.span.end).line) return undefined;
  const written = file.text.slice(value.span.start, value.span.end).trimEnd();
  if (value.kind === "scalar") {
    const isBare = value.style !== "plain" || !/[,[\]{}]/.test(written);
    return `{name: ${key}, ${valueKey}: ${isBare ? written : inSingleQuotes(written)}}`;
  }
  const inner = written.slice(1, -1).trim();
  return value.kind === "map" && value.flow && inner !== "" ? `{name: ${key}, ${inner}}` : undefined;
}
