import { joinPath, type StateView, transitionsOf } from "../machine-view.ts";
import type { Finding, LintRule } from "../rule.ts";

/** Types that end or branch by themselves and take neither `Next` nor `End`. */
const WITHOUT_TRANSITION: ReadonlySet<string> = new Set(["Succeed", "Fail", "Choice"]);

/** Every transition leads to a state of the same scope, and a state has exactly one of `Next` and `End: true`. */
export const transitions: LintRule = {
  name: "transitions",
  check({ scopes, states }) {
    return [
      ...scopes.flatMap(({ object, path, states: own }) => {
        const start = object["StartAt"];
        if (typeof start !== "string" || own.has(start)) return [];
        return [{ path: joinPath(path, "StartAt"), message: `There is no state "${start}" here.` }];
      }),
      ...states.flatMap(checkState),
    ];
  },
};

function checkState(state: StateView): readonly Finding[] {
  const { object, path, scope, type } = state;
  const dangling = transitionsOf(state)
    .filter(({ target }) => typeof target !== "string" || !scope.states.has(target))
    .map((transition) => ({
      path: transition.path,
      message: `There is no state "${String(transition.target)}" here.`,
    }));
  const hasNext = object["Next"] !== undefined;
  const hasEnd = object["End"] !== undefined;
  const findings: Finding[] = [...dangling];
  if (WITHOUT_TRANSITION.has(type) && (hasNext || hasEnd))
    findings.push({ path, message: `${type} takes neither Next nor End.` });
  if (!WITHOUT_TRANSITION.has(type) && hasNext === hasEnd)
    findings.push({ path, message: "Exactly one of Next and End must be given." });
  if (hasEnd && object["End"] !== true) findings.push({ path: `${path}.End`, message: "End must be true." });
  return findings;
}
