import type { Flow, State } from "./model.ts";
import type { Problem } from "./problem.ts";

interface Target {
  readonly name: string;
  /** The field of the state that names it. */
  readonly field: string;
}

/** Every transition leads to a state of the same flow, and every state of it can be reached. */
export function checkTransitions(flow: Flow, path: string): readonly Problem[] {
  const missing = (name: string, field: string, at: string): Problem => ({
    code: "MISSING_TRANSITION_TARGET",
    message: `Missing '${field}' target: ${name}`,
    path: at,
  });
  if (!flow.states.has(flow.startAt)) return [missing(flow.startAt, "StartAt", `${path}/StartAt`)];

  const problems: Problem[] = [];
  const reached = new Set([flow.startAt]);
  // A Set is iterated in the order of insertion, what is added while iterating included.
  for (const name of reached) {
    const state = flow.states.get(name);
    if (state === undefined) continue;
    for (const target of targetsOf(state)) {
      if (flow.states.has(target.name)) reached.add(target.name);
      else
        problems.push(
          missing(target.name, target.field.replace(/^.*\//, ""), `${path}/States/${name}/${target.field}`),
        );
    }
  }
  for (const name of flow.states.keys()) {
    if (reached.has(name)) continue;
    const message = `State "${name}" is not reachable.`;
    problems.push({ code: "MISSING_TRANSITION_TARGET", message, path: `${path}/States/${name}` });
  }
  return problems;
}

function targetsOf(state: State): readonly Target[] {
  const next = "next" in state && state.next !== undefined ? [{ name: state.next, field: "Next" }] : [];
  const caught =
    "catch" in state
      ? state.catch.map((catcher, index) => ({ name: catcher.next, field: `Catch[${index}]/Next` }))
      : [];
  if (state.type !== "Choice") return [...next, ...caught];
  const chosen = state.choices.map((rule, index) => ({ name: rule.next, field: `Choices[${index}]/Next` }));
  return state.default === undefined ? chosen : [...chosen, { name: state.default, field: "Default" }];
}
