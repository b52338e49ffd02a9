import type { DiagnosticExtras } from "../../diagnostics/create-diagnostic.ts";
import type { YamlEntry, YamlMap } from "../../parse/tree.ts";
import { lineMapOf } from "../../source/line-map.ts";
import type { SourceFile } from "../../source/source-file.ts";
import { writtenItem } from "../../source/written-item.ts";
import { isNull } from "./fields.ts";
import { rewriteBody } from "./rewrite-body.ts";

/**
 * What to do about a list item of several keys: where nothing stands behind the first one, the others belong below it;
 * otherwise each is an action of its own. The help shows the item as it is meant; none for maps in one line.
 */
export function remedyForIndent(file: SourceFile, item: YamlMap): DiagnosticExtras {
  const lines = lineMapOf(file);
  const lineOf = ({ keySpan }: YamlEntry) => lines.positionAt(keySpan.start).line;
  const [first, ...others] = item.entries;
  if (!first || item.flow || item.entries.some(({ merged }) => merged)) return {};
  const starts = new Set(others.map(lineOf));
  const last = lines.positionAt(Math.max(item.span.start, item.span.end - 1)).line;
  if (isNull(first.value)) {
    const shown = writtenItem(file, lineOf(first), last, (text, line) => (line === lineOf(first) ? text : `  ${text}`));
    return {
      help: `Indent the keys of the action deeper than its type:\n${shown}`,
      fixes: rewriteBody(file, item, others, [], first),
    };
  }
  const shown = writtenItem(file, lineOf(first), last, (text, line) =>
    starts.has(line) ? text.replace(/ {2}(?=\S)/, "- ") : text,
  );
  const edits = others.flatMap(({ keySpan }) => {
    const span = { start: keySpan.start - 2, end: keySpan.start };
    return file.text.slice(span.start, span.end) === "  " ? [{ span, newText: "- " }] : [];
  });
  return {
    help: `Start each action with "- ":\n${shown}`,
    fixes: edits.length === others.length ? [{ title: 'Start each action with "- "', edits }] : [],
  };
}
