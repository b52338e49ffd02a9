import { type StateView, transitionsOf } from "../machine-view.ts";
import type { LintRule } from "../rule.ts";

/** No Wait in a cycle: polling is billed by the transition (aws.md, section 4: 90 times the price of a callback). */
export const noPollLoop: LintRule = {
  name: "no-poll-loop",
  check({ states }) {
    return states
      .filter((state) => state.type === "Wait" && reaches(state, state))
      .map(({ path }) => ({ path, message: "This Wait is part of a cycle, which polls." }));
  },
};

function reaches(from: StateView, target: StateView): boolean {
  const found = new Set(nextStates(from));
  for (const state of found) for (const next of nextStates(state)) found.add(next);
  return found.has(target);
}

function nextStates(state: StateView): readonly StateView[] {
  return transitionsOf(state).flatMap((transition) => state.scope.states.get(String(transition.target)) ?? []);
}
