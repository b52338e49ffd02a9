import { analyzeExpression, codeOf, textsOf } from "../expressions.ts";
import type { Finding, LintRule } from "../rule.ts";

/** Fields that must be constant. */
const CONSTANT: ReadonlySet<string> = new Set([
  "Type",
  "Resource",
  "Next",
  "Default",
  "ErrorEquals",
  "JitterStrategy",
  "QueryLanguage",
]);

/** Every `{% … %}` is JSONata 2.0.6 and stands where expressions may; nothing else looks like one; no `$eval`. */
export const expressions: LintRule = {
  name: "expressions",
  check({ states }) {
    return states.flatMap((state) =>
      textsOf(state).flatMap(({ field, path, text }): readonly Finding[] => {
        const code = codeOf(text);
        if (code === undefined) {
          return /\{%|%\}/.test(text)
            ? [{ path, message: "A text holds the marks of an expression, but is none." }]
            : [];
        }
        if (CONSTANT.has(field)) return [{ path, message: `${field} must be constant.` }];
        const use = analyzeExpression(code);
        if ("error" in use) return [{ path, message: `The expression cannot be parsed: ${use.error}` }];
        return use.variables.has("eval") ? [{ path, message: "Step Functions has no $eval." }] : [];
      }),
    );
  },
};
