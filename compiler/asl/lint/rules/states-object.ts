import { analyzeExpression, codeOf, textsOf } from "../expressions.ts";
import type { LintRule } from "../rule.ts";

const WITH_RESULT: ReadonlySet<string> = new Set(["Task", "Parallel", "Map"]);

/**
 * `$states` is used member by member, and only members that exist at the place: `result` in Output and Assign of what
 * has a result, `errorOutput` in a catcher. Another one is undefined, which ends the execution.
 */
export const statesObject: LintRule = {
  name: "states-object",
  check({ states }) {
    return states.flatMap(({ type, ...state }) =>
      textsOf({ type, ...state }).flatMap(({ field, inCatch, path, text }) => {
        const code = codeOf(text);
        const use = code === undefined ? undefined : analyzeExpression(code);
        if (!use || "error" in use) return [];
        const isOutcome = field === "Output" || field === "Assign";
        const available = new Set<string | undefined>([
          "input",
          "context",
          ...(inCatch ? ["errorOutput"] : []),
          ...(!inCatch && isOutcome && WITH_RESULT.has(type) ? ["result"] : []),
        ]);
        return [...use.states]
          .filter((member) => !available.has(member))
          .map((member) => ({
            path,
            message: `$states${member === undefined ? "" : `.${member}`} must not be used here.`,
          }));
      }),
    );
  },
};
