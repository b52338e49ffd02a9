import type { MachineView } from "./machine-view.ts";

/** One thing that is wrong with a definition. */
export interface LintProblem {
  /** Name of the rule, kebab-case. */
  readonly rule: string;
  /** Where: `States.build.Retry[1].BackoffRate`. */
  readonly path: string;
  readonly message: string;
}

/** What a rule finds; the linter adds the rule's name. */
export type Finding = Omit<LintProblem, "rule">;

/** One thing that must hold for every definition that Sluice emits. */
export interface LintRule {
  readonly name: string;
  check(machine: MachineView): readonly Finding[];
}
