import type { ActionView, RunView } from "../../functions/index.ts";

/** The one object that `sluice run --format json` prints. A public contract: fields are only ever added. */
export interface RunJson {
  readonly runId: string;
  readonly status: RunView["status"];
  readonly durationMs: number;
  readonly outputs: RunView["outputs"];
  readonly actions: readonly ActionJson[];
}

/** An action in `RunJson`. */
export interface ActionJson {
  /** The alias as written. */
  readonly name: string;
  readonly status: ActionView["status"];
  readonly attempts: number;
  /** ISO 8601; absent where the action never started. */
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly outputs: ActionView["outputs"];
  readonly error?: {
    readonly name: string;
    readonly message: string;
    readonly exitCode?: number;
    /** Why the scripts failed, as far as their log tells. */
    readonly analysis?: NonNullable<ActionView["error"]>["analysis"];
  };
  /** What the action left in `$UPLOADDIR`; absent where it left nothing. */
  readonly files?: readonly FileJson[];
  /** Absolute path of the log of the last attempt; absent where the action never started. */
  readonly logFile?: string;
}

/** A file in `ActionJson`. */
export interface FileJson {
  readonly name: string;
  readonly bytes: number;
  /** In the installation's object store. */
  readonly objectKey: string;
  /** Absolute path of a copy. */
  readonly path?: string;
}

/** A run as `sluice run --format json` prints it. */
export function runToJson(
  run: RunView,
  durationMs: number,
  logFileOf: (action: ActionView) => string | undefined,
  fileOf: (actionKey: string, name: string) => string | undefined,
): RunJson {
  return {
    runId: run.runId,
    status: run.status,
    durationMs,
    outputs: run.outputs,
    actions: run.actions.map((action) => actionToJson(action, logFileOf(action), fileOf)),
  };
}

function actionToJson(
  action: ActionView,
  logFile: string | undefined,
  fileOf: (actionKey: string, name: string) => string | undefined,
): ActionJson {
  const { error, files } = action;
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
        ...(error.analysis && { analysis: error.analysis }),
      },
    }),
    ...(files && { files: files.map((file) => fileToJson(file, fileOf(action.key, file.name))) }),
    ...(logFile !== undefined && { logFile }),
  };
}

function fileToJson(file: NonNullable<ActionView["files"]>[number], path: string | undefined): FileJson {
  const { name, bytes, objectKey } = file;
  return { name, bytes, objectKey, ...(path !== undefined && { path }) };
}
