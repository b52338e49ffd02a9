import type { YamlMap } from "../../parse/tree.ts";
import { misspelledKey, remedyForMisspelled } from "./check-keys.ts";
import { PIPELINE_LEVEL } from "./pipeline-keys.ts";
import type { ReadContext } from "./read-context.ts";

/**
 * Looks at `version` (reference/erda.md 1.2). False for 1.0, whose layout is another one, so that reading on would only
 * give follow-ups; any other mistake is reported and the file read as 1.1.
 */
export function readVersion(root: YamlMap, context: ReadContext): boolean {
  const { collector } = context;
  const entry = root.entries.find(({ key }) => key === "version");
  const [first] = root.entries;
  if (!entry || (entry.value.kind === "scalar" && entry.value.text.trim() === "")) {
    const misspelled = entry ? undefined : misspelledKey(root.entries, "version", PIPELINE_LEVEL);
    if (misspelled) {
      collector.report(
        "read/missing-version",
        misspelled.keySpan,
        {},
        remedyForMisspelled(misspelled, "version", context),
      );
      return true;
    }
    const span = entry?.keySpan ?? first?.keySpan ?? root.span;
    const at = entry ? undefined : span.start;
    const fixes =
      at === undefined || root.flow
        ? []
        : [{ title: 'Add "version: 1.1"', edits: [{ span: { start: at, end: at }, newText: "version: 1.1\n" }] }];
    collector.report("read/missing-version", span, {}, { fixes });
    return true;
  }
  // A list or a map is reported with the other types.
  if (entry.value.kind !== "scalar") return true;
  const { span, text } = entry.value;
  const version = text.trim();
  if (version === "1.1") return true;
  if (version === "1.0" || version === "1") {
    collector.report("read/version-1-0", span, {});
    return false;
  }
  collector.report("read/unsupported-version", span, { version });
  return true;
}
