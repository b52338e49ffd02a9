import type { Located } from "../../source/span.ts";
import type { Rule } from "../rule-context.ts";

/**
 * Keys that are plain text hold no reference: it would silently stay as it is (reference/erda.md 1.7). An image may hold
 * any but one to a directory.
 */
export const referenceWithEffect: Rule = ({ actions, collector, pipeline, references }) => {
  const check = (key: string, text: Located<string> | undefined) => {
    const found = text && REFERENCE.exec(text.value)?.[0];
    if (text && found) collector.report("validate/reference-without-effect", text.span, { key, text: found });
  };
  check("name", pipeline.name);
  check("executor", pipeline.defaultExecutor);
  for (const { action } of actions) {
    if (action.disabled) continue;
    check("alias", action.alias);
    check("version", action.typeVersion);
    check("shell", action.shell);
    check("executor", action.executor);
    for (const namespace of action.namespaces) check("namespaces", namespace);
  }
  for (const { field, reference } of references) {
    if (field !== "image" || reference.kind !== "dir") continue;
    const params = { key: field, text: collector.file.text.slice(reference.span.start, reference.span.end) };
    const help = "An image has a name, not a directory; put the name out as an output and refer to that.";
    collector.report("validate/reference-without-effect", reference.span, params, { help });
  }
};

const REFERENCE =
  /\$\{\{[^{}]*\}\}|\$\{(outputs|dirs|params)\.[^{}]+\}|\$\{[^{}\s]+:OUTPUT:[^{}]+\}|\(\([a-zA-Z_][.\w-]*\)\)/;
