import type { Located, Span } from "../source/span.ts";
import type { Expression } from "./expression.ts";
import type { Reference } from "./reference.ts";
import type { Schedule } from "./schedule.ts";
import type { Value, ValueEntry } from "./value.ts";

/** What both front ends (Erda, later KubeVela) read into. Spans point into the one source file of the compilation. */
export interface Pipeline {
  readonly name: Located<string> | undefined;
  readonly envs: readonly EnvEntry[];
  readonly params: readonly ParamDeclaration[];
  readonly outputs: readonly OutputDeclaration[];
  /** `defaults.executor`: the executor of actions that name none. */
  readonly defaultExecutor: Located<string> | undefined;
  readonly stages: readonly Stage[];
  /** When runs start by themselves; absent where the pipeline does not say, or says it wrong. */
  readonly schedule: Schedule | undefined;
}

/** Names that `envs` may have, in the file and of a run. Source: reference/erda.md 1.4. */
export const ENV_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** One environment variable of every action of the pipeline. */
export interface EnvEntry {
  readonly name: Located<string>;
  readonly value: Value;
}

/** Types of pipeline params. Source: reference/erda.md 1.10. */
export const PARAM_TYPES = ["string", "int", "boolean"] as const;

/** Type of a pipeline param. */
export type ParamType = (typeof PARAM_TYPES)[number];

/** A param that a run may be given. */
export interface ParamDeclaration {
  readonly name: Located<string>;
  readonly type: ParamType;
  readonly required: boolean;
  /** Absent when the file gives none; then an omitted param has the type's default: `""`, `""` (int), `"false"`. */
  readonly default: Value | undefined;
  readonly description: string | undefined;
  readonly span: Span;
}

/** A pipeline output: `ref: ${{ outputs.build.version }}`. */
export interface OutputDeclaration {
  readonly name: Located<string>;
  readonly description: string | undefined;
  readonly ref: Value;
  readonly span: Span;
}

/** Actions that run at the same time; stages run one after the other. */
export interface Stage {
  readonly actions: readonly Action[];
  readonly span: Span;
}

/** One use of an action type, named by its alias. */
export interface Action {
  readonly alias: Located<string>;
  readonly type: Located<string>;
  readonly typeVersion: Located<string> | undefined;
  readonly description: string | undefined;
  readonly disabled: boolean;
  readonly params: readonly ValueEntry[];
  readonly labels: readonly ValueEntry[];
  /** May hold references to params, configs and outputs. */
  readonly image: Value | undefined;
  readonly shell: Located<string> | undefined;
  readonly commands: Commands | undefined;
  readonly condition: ExpressionField | undefined;
  readonly loop: Loop | undefined;
  readonly retry: Retry | undefined;
  /** Seconds of running time over all attempts; -1 is forever; absent is the default of one hour. */
  readonly timeoutSeconds: Located<number> | undefined;
  readonly resources: Resources | undefined;
  /** Further directories that the action leaves behind, beside the one named by its alias. */
  readonly namespaces: readonly Located<string>[];
  readonly executor: Located<string> | undefined;
  readonly span: Span;
}

/** An expression with the text it was read from, as the author wrote it. */
export interface ExpressionField {
  readonly expression: Expression;
  readonly text: string;
  readonly span: Span;
}

/** The user's script, its list items joined by line feeds, cut where references stand. */
export interface Commands {
  readonly parts: readonly (string | CommandReference)[];
  readonly span: Span;
}

/** A reference among the commands. */
export interface CommandReference {
  readonly reference: Reference;
  /** How the reference was spelled in the script. */
  readonly text: string;
  /** How YAML writes the text that it stands in. */
  readonly style: TextStyle;
}

/** Styles of texts in YAML. */
export type TextStyle = "plain" | "single" | "double" | "literal" | "folded";

/** Source: reference/erda.md 1.7 `loop`; defaults are already applied. */
export interface Loop {
  readonly break: ExpressionField | undefined;
  readonly strategy: LoopStrategy;
  readonly span: Span;
}

/** wait before iteration n+1 = min(intervalSeconds * ratio^(n-1), limitSeconds). */
export interface LoopStrategy {
  /** Iterations at most; -1 is unlimited. */
  readonly maxTimes: number;
  readonly ratio: number;
  readonly limitSeconds: number;
  readonly intervalSeconds: number;
}

/** Retries of a failed try within one loop iteration (ours; Erda has none). */
export interface Retry {
  /** Retries after the first try, at least 1. */
  readonly maxTimes: number;
  readonly ratio: number;
  readonly limitSeconds: number;
  readonly intervalSeconds: number;
  readonly span: Span;
}

/** What an action asks for; absent is the executor's default. */
export interface Resources {
  readonly cpu: number | undefined;
  readonly maxCpu: number | undefined;
  readonly memoryMb: number | undefined;
  readonly diskMb: number | undefined;
  readonly span: Span;
}
