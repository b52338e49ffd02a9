import { replaceBy } from "../../diagnostics/text-fixes.ts";
import type { Reference } from "../../model/reference.ts";
import type { Value } from "../../model/value.ts";
import type { Rule } from "../rule-context.ts";

/** What stands behind a directory begins with a slash: `${{ dirs.build }}app.txt` is no file in it. */
export const directorySlash: Rule = ({ actions, collector }) => {
  const check = (parts: readonly (string | Reference)[]) => {
    for (const [index, part] of parts.entries()) {
      const next = parts[index + 1];
      if (typeof part === "string" || part.kind !== "dir" || typeof next !== "string") continue;
      const word = /^[A-Za-z0-9][\w.-]*/.exec(next)?.[0];
      if (word === undefined) continue;
      const at = { start: part.span.end, end: part.span.end };
      const span = { start: part.span.start, end: part.span.end + word.length };
      const fixes = [replaceBy('Put a "/" between them', at, "/")];
      collector.report("validate/directory-without-slash", span, { directory: part.namespace, text: word }, { fixes });
    }
  };
  const checkValue = (value: Value): void => {
    if (value.kind === "template") check(value.parts);
    else if (value.kind === "list") value.items.forEach(checkValue);
    else if (value.kind === "map") for (const entry of value.entries) checkValue(entry.value);
  };
  for (const { action } of actions) {
    if (action.disabled) continue;
    check(action.commands?.parts.map((part) => (typeof part === "string" ? part : part.reference)) ?? []);
    for (const { value } of action.params) checkValue(value);
  }
};
