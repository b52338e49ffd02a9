import { replaceBy } from "../../diagnostics/text-fixes.ts";
import type { Span } from "../../source/span.ts";
import type { Rule } from "../rule-context.ts";

/** The `ref` of an output refers to something: a text without a reference would be put out as it stands there. */
export const outputRefs: Rule = ({ byAlias, collector, pipeline }) => {
  const { text: source } = collector.file;
  for (const { ref } of pipeline.outputs) {
    if (ref.kind !== "literal") continue;
    const { span } = ref;
    const text = String(ref.value).trim();
    const words = text.replace(/^\$?\{*\s*|\s*\}*$/g, "");
    const [action = "", ...rest] = words.split(".");
    const path = NAMESPACES.has(action)
      ? words
      : byAlias.has(action) && rest.length > 0
        ? `outputs.${action}.${rest.join(".").replace(/^outputs\./, "")}`
        : undefined;
    if (path === undefined || /\s/.test(path)) {
      collector.report("validate/output-without-reference", span, { text });
      continue;
    }
    const reference = `\${{ ${path} }}`;
    const fixes = [replaceBy("Write it as a reference", span, quotedLike(source, span, reference))];
    const extras = { help: `Write "${reference}".`, severity: "error" as const, fixes };
    collector.report("validate/output-without-reference", span, { text }, extras);
  }
};

/** What a text that is meant as a reference begins with. */
const NAMESPACES: ReadonlySet<string> = new Set(["outputs", "params", "dirs", "configs"]);

/** In quotes where quotes stand, and inside the braces of a list or map on one line. */
function quotedLike(source: string, { start }: Span, reference: string): string {
  const quote = source[start];
  if (quote === "'" || quote === '"') return quote + reference + quote;
  const before = source.slice(source.lastIndexOf("\n", start) + 1, start);
  return /[{[]/.test(before) ? `"${reference}"` : reference;
}
