import type { RunView } from "../../functions/index.ts";
import type { LanePipeline } from "./lane-pipelines.ts";

/** What must be the same wherever a pipeline runs. */
export interface Outcome {
  readonly status: string;
  readonly error: string | undefined;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly actions: readonly ActionOutcome[];
}

interface ActionOutcome {
  readonly alias: string;
  readonly status: string;
  readonly error: string | undefined;
  readonly exitCode: number | undefined;
  readonly reason: string | undefined;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** The outcome of a run. Outputs that vary by their nature count by being there. */
export function outcomeOf(run: RunView, { varying }: LanePipeline): Outcome {
  const steady = (outputs: Readonly<Record<string, unknown>>, prefix: string) =>
    Object.fromEntries(
      Object.entries(outputs)
        .map(([name, value]): [string, unknown] => [name, varying.has(prefix + name) ? "(varies)" : value])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  return {
    status: run.status,
    error: run.error?.name,
    outputs: steady(run.outputs, ""),
    actions: run.actions.map(({ alias, status, error, reason, outputs }) => ({
      alias,
      status,
      error: error?.name,
      exitCode: error?.exitCode,
      reason,
      outputs: steady(outputs, `${alias}.`),
    })),
  };
}

/** How the run and every action ended, to be compared with a pipeline's `endings`. */
export function endingsOf({ status, actions }: Outcome): readonly string[] {
  return [status, ...actions.map((action) => action.status)];
}
