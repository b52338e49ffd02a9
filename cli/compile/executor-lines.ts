import type { Compilation } from "../../compiler/index.ts";

type ReportedAction = Compilation["report"]["actions"][number];

/** Why an action runs where it runs, as it stands behind the executor's name. */
const REASONS = {
  native: "a state of Step Functions, no executor",
  action: 'the action\'s "executor"',
  defaults: 'the pipeline\'s "defaults"',
  type: "the action type's",
  installation: "the installation's default",
} as const satisfies { readonly [reason in ReportedAction["executorReason"]]: string };

/** Aliases that a line shows; `report.json` has them all. */
const MOST_ALIASES = 8;

/** Where the actions run and why, one line for each executor and reason: `build (ecs), the action's "executor": pack, push`. */
export function executorLines({ actions }: Compilation["report"]): readonly string[] {
  const groups = Map.groupBy(actions, ({ executor, kind, executorReason }) => {
    const shown = executor === kind ? executor : `${executor} (${kind})`;
    return `${shown}, ${REASONS[executorReason]}`;
  });
  return [...groups].map(([group, members]) => {
    const aliases = members.slice(0, MOST_ALIASES).map(({ alias }) => alias);
    const more = members.length > MOST_ALIASES ? ` and ${members.length - MOST_ALIASES} more` : "";
    return `${group}: ${aliases.join(", ")}${more}`;
  });
}
