import type { Assignments, Flow, State } from "./model.ts";
import type { Problem } from "./problem.ts";

/**
 * A branch or an item processor sees the variables around it and may not set one of the same name.
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html, "Scope"
 */
export function checkScopes(flow: Flow, path = "", outerNames: ReadonlySet<string> = new Set()): readonly Problem[] {
  const problems: Problem[] = [];
  const names = new Set(outerNames);
  for (const state of flow.states.values()) {
    for (const [name] of assignmentsOf(state)) {
      if (outerNames.has(name)) {
        const message = `The variable "${name}" is already defined in an outer scope`;
        problems.push({
          code: "SCHEMA_VALIDATION_FAILED",
          message,
          path: `${path}/States/${state.name}/Assign/${name}`,
        });
      }
      names.add(name);
    }
  }
  for (const state of flow.states.values()) {
    const at = `${path}/States/${state.name}`;
    if (state.type === "Map") problems.push(...checkScopes(state.processor, `${at}/ItemProcessor`, names));
    if (state.type !== "Parallel") continue;
    for (const [index, branch] of state.branches.entries()) {
      problems.push(...checkScopes(branch, `${at}/Branches[${index}]`, names));
    }
  }
  return problems;
}

function assignmentsOf(state: State): Assignments {
  const caught = "catch" in state ? state.catch.flatMap((catcher) => catcher.assign) : [];
  const chosen = state.type === "Choice" ? state.choices.flatMap((rule) => rule.assign) : [];
  return [...state.assign, ...caught, ...chosen];
}
