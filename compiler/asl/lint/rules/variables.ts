import { analyzeExpression, codeOf, textsOf } from "../expressions.ts";
import { FUNCTIONS } from "../functions.ts";
import { asObject, handlersOf, type MachineView, type ScopeView, type StateView } from "../machine-view.ts";
import type { Finding, LintRule } from "../rule.ts";

const NAME = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;
const LONGEST_NAME = 80;

/**
 * A variable has a legal name other than `states`, is assigned in only one scope of those around it, and is used only
 * where one of them assigns it. Source: reference/aws.md 3.7.
 */
export const variables: LintRule = {
  name: "variables",
  check(machine) {
    const assigned = assignmentsOf(machine);
    return [
      ...assigned.flatMap(({ name, path, scope }): readonly Finding[] => {
        if (name === "states") return [{ path, message: '"states" is reserved.' }];
        if (!NAME.test(name) || name.length > LONGEST_NAME)
          return [{ path, message: `"${name}" is no name of a variable.` }];
        const outer = assigned.find((other) => other.name === name && isOuter(other.scope, scope));
        return outer ? [{ path, message: `"${name}" is already assigned in an outer scope, at ${outer.path}.` }] : [];
      }),
      ...machine.states.flatMap((state) => checkUse(state, assigned)),
    ];
  },
};

interface Assignment {
  readonly name: string;
  readonly path: string;
  readonly scope: ScopeView;
}

function assignmentsOf({ states }: MachineView): readonly Assignment[] {
  return states.flatMap((state) =>
    [state, ...handlersOf(state, "Catch")].flatMap(({ object, path }) =>
      Object.keys(asObject(object["Assign"]) ?? {}).map((name) => ({
        name,
        path: `${path}.Assign.${name}`,
        scope: state.scope,
      })),
    ),
  );
}

function checkUse(state: StateView, assigned: readonly Assignment[]): readonly Finding[] {
  return textsOf(state).flatMap(({ path, text }) => {
    const code = codeOf(text);
    const use = code === undefined ? undefined : analyzeExpression(code);
    if (!use || "error" in use) return [];
    return [...use.variables]
      .filter(
        (name) =>
          name !== "states" &&
          !FUNCTIONS.has(name) &&
          !assigned.some((one) => one.name === name && sees(state.scope, one.scope)),
      )
      .map((name) => ({ path, message: `No state around here assigns "${name}".` }));
  });
}

function sees(from: ScopeView, scope: ScopeView): boolean {
  return from === scope || isOuter(scope, from);
}

function isOuter(outer: ScopeView, inner: ScopeView): boolean {
  for (let scope = inner.parent; scope; scope = scope.parent) if (scope === outer) return true;
  return false;
}
