import { type ScopeView, type StateView, transitionsOf } from "../machine-view.ts";
import type { Finding, LintRule } from "../rule.ts";

/** Every state is reached from its scope's start, and from every state an end is reached. */
export const reachability: LintRule = {
  name: "reachability",
  check({ scopes }) {
    return scopes.flatMap(checkScope);
  },
};

function checkScope(scope: ScopeView): readonly Finding[] {
  const start = scope.states.get(String(scope.object["StartAt"]));
  const reached = start ? closure([start], nextStates) : new Set<StateView>();
  const all = [...scope.states.values()];
  const ends = all.filter(({ object, type }) => object["End"] === true || type === "Succeed" || type === "Fail");
  const canEnd = closure(ends, (state) => all.filter((before) => nextStates(before).includes(state)));
  return [
    ...all.filter((state) => !reached.has(state)).map(({ path }) => ({ path, message: "No transition leads here." })),
    ...all.filter((state) => !canEnd.has(state)).map(({ path }) => ({ path, message: "No end is reached from here." })),
  ];
}

function closure(from: readonly StateView[], step: (state: StateView) => readonly StateView[]): ReadonlySet<StateView> {
  const found = new Set(from);
  // A Set visits what is added while it is iterated.
  for (const state of found) for (const next of step(state)) found.add(next);
  return found;
}

function nextStates(state: StateView): readonly StateView[] {
  return transitionsOf(state).flatMap(({ target }) => state.scope.states.get(String(target)) ?? []);
}
