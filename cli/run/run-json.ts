import type { ActionView, RunView } from "../../functions/index.ts";

/** The one object that `sluice run --format json` prints. A public contract: fields are only ever added. */
export interface RunJson {
  readonly runId: string;
  readonly status: RunView["status"];
  readonly durationMs: number;
  readonly outputs: RunView["outputs"];
  readonly actions: readonly ActionJson[];
}

export interface ActionJson {
  /** The alias as written. */
  readonly name: string;
  readonly status: ActionView["status"];
  readonly attempts: number;
  /** ISO 8601; absent where the action never started. */
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly outputs: ActionView["outputs"];
  readonly error?: { readonly name: string; readonly message: string; readonly exitCode?: number };
  /** Absolute path of the log of the last attempt; absent where the action never started. */
  readonly logFile?: string;
}

export function runToJson(
  run: RunView,
  durationMs: number,
  logFileOf: (action: ActionView) => string | undefined,
): RunJson {
  return {
    runId: run.runId,
    status: run.status,
    durationMs,
    outputs: run.outputs,
    actions: run.actions.map((action) => actionToJson(action, logFileOf(action))),
  };
}

function actionToJson(action: ActionView, logFile: string | undefined): ActionJson {
  const { error } = action;
  return {
    name: action.alias,
    status: action.status,
    attempts: action.attempts,
    ...(action.startedAt !== undefined && { startedAt: action.startedAt }),
    ...(action.endedAt !== undefined && { endedAt: action.endedAt }),
    outputs: action.outputs,
    ...(error !== undefined && {
      error: {
        name: error.name,
        message: error.message,
        ...(error.exitCode !== undefined && { exitCode: error.exitCode }),
      },
    }),
    ...(logFile !== undefined && { logFile }),
  };
}
