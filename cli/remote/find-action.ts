import type { RunView } from "../../functions/index.ts";
import { UsageError } from "../usage-error.ts";

/** The action that a person names by its alias, or by its key. Throws `UsageError`, which says what there is. */
export function findAction(run: RunView, name: string): RunView["actions"][number] {
  const found = run.actions.find(({ alias }) => alias === name) ?? run.actions.find(({ key }) => key === name);
  if (found !== undefined) return found;
  const known = run.actions.map(({ alias }) => alias).join(", ");
  throw new UsageError(`Run ${run.runId} has no action "${name}".`, `It has ${known}.`);
}
