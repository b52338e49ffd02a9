import type { Located } from "../../source/span.ts";
import type { Rule } from "../rule-context.ts";

/** Keys that are plain text hold no reference: it would silently stay as it is (reference/erda.md 1.7). */
export const referenceWithEffect: Rule = ({ actions, collector, pipeline }) => {
  const check = (key: string, text: Located<string> | undefined) => {
    const found = text && REFERENCE.exec(text.value)?.[0];
    if (text && found) collector.report("validate/reference-without-effect", text.span, { key, text: found });
  };
  check("name", pipeline.name);
  for (const { action, executor } of actions) {
    if (action.disabled) continue;
    check("alias", action.alias);
    check("version", action.typeVersion);
    // Without a container it has no effect at all, which another rule says.
    if (executor?.usesImage !== false) check("image", action.image);
    check("shell", action.shell);
    check("executor", action.executor);
    for (const namespace of action.namespaces) check("namespaces", namespace);
  }
};

const REFERENCE =
  /\$\{\{[^{}]*\}\}|\$\{(outputs|dirs|params)\.[^{}]+\}|\$\{[^{}\s]+:OUTPUT:[^{}]+\}|\(\([a-zA-Z_][.\w-]*\)\)/;
