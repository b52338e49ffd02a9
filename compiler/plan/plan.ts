import type { Expression } from "../model/expression.ts";
import type { LoopStrategy, ParamType } from "../model/pipeline.ts";
import type { Reference } from "../model/reference.ts";
import type { OverlapPolicy } from "../model/schedule.ts";
import type { JsonPrimitive } from "../model/value.ts";

/**
 * Everything that a user wrote and a machine must not hold. Content-addressed by `hashPlan`. Stored as
 * `plans/<hash>/plan.json` (this document without `actions`) and `plans/<hash>/actions/<key>.json`, so that a function
 * reads only the action that it runs.
 *
 * References to actions hold the action's *key* (in `output.action`) here, no longer its alias.
 */
export interface Plan extends PlanIndex {
  readonly actions: readonly PlanAction[];
}

/** A plan without its actions: what every function reads that is asked about a run. */
export interface PlanIndex {
  readonly format: 1;
  /** Pipeline key: `[a-z0-9-]`, at most 40 characters, from the name or the file name. */
  readonly pipeline: string;
  /** The pipeline's name as written, or the file's base name. */
  readonly name: string;
  /** Source file name as the user gave it, for messages. */
  readonly file: string;
  readonly params: readonly PlanParam[];
  readonly outputs: readonly PlanOutput[];
  /** When runs start by themselves, once this plan is the pipeline's current one. */
  readonly schedule?: PlanSchedule;
  /** Every action in the order of the file, also disabled ones. */
  readonly order: readonly PlanActionSummary[];
}

/** `cron` and what stands beside it, translated. */
export interface PlanSchedule {
  /** As written. */
  readonly cron: string;
  /** In the language of EventBridge Scheduler: one, or two of which either counts. */
  readonly expressions: readonly string[];
  /** Of the IANA database. */
  readonly timezone: string;
  /** What happens while a run of the pipeline is under way. */
  readonly overlap: OverlapPolicy;
  /** Days of the week (0 is Sunday) on which the times of the expressions count. Absent: all of them. */
  readonly onlyDaysOfWeek?: readonly number[];
}

/** One action in the index: what is asked about others than the own action. */
export interface PlanActionSummary {
  readonly key: string;
  readonly alias: string;
  readonly type: string;
  /** Zero-based. */
  readonly stage: number;
  readonly disabled: boolean;
  /** A Wait state without a gate: it leaves no record itself, and nothing can skip it. */
  readonly native: boolean;
  /** Has an `if`, so it is judged also after a failure. */
  readonly conditional: boolean;
}

/** A param that a run may be given. */
export interface PlanParam {
  readonly name: string;
  readonly type: ParamType;
  readonly required: boolean;
  readonly default: PlanValue | undefined;
}

/** An output of the pipeline, rendered when the run has ended. */
export interface PlanOutput {
  readonly name: string;
  readonly value: PlanValue;
}

/** Like the model's `Value`, but located by line and column, because functions have no source text. */
export type PlanValue =
  | { readonly kind: "literal"; readonly value: JsonPrimitive }
  | PlanTemplate
  | { readonly kind: "list"; readonly items: readonly PlanValue[] }
  | { readonly kind: "map"; readonly entries: readonly { readonly key: string; readonly value: PlanValue }[] };

/** A text with references in it. */
interface PlanTemplate {
  readonly kind: "template";
  readonly parts: readonly (string | Reference)[];
  readonly place: Place;
}

/** 1-based position in the pipeline file. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** An `if` or a `break`, with what its messages need. */
export interface PlanExpression {
  readonly expression: Expression;
  /** The text as written; `expression`'s spans are offsets into the *source file*, `start` is where `text` begins there. */
  readonly text: string;
  readonly start: number;
  readonly place: Place;
}

/** Everything that `execute-action` and the agent must know of one action. */
export interface PlanAction extends PlanActionSummary {
  readonly typeVersion: string;
  readonly description: string | undefined;
  readonly labels: { readonly [name: string]: PlanValue };
  /** Executor kind (`process`, `ecs`, `wait`) and the name of the configured executor. */
  readonly kind: string;
  readonly executor: string;
  /** A text, or a template that is rendered when an attempt is started. */
  readonly image: string | PlanTemplate | undefined;
  /** Interpreter of `script`, as argv; the script's path is appended. Default `["sh", "-e"]`. */
  readonly shell: readonly string[];
  /** The action type's own script, run first with `sh -e`. */
  readonly typeScript: string | undefined;
  readonly script: PlanScript | undefined;
  /** Declared defaults of the type are already merged in. Each becomes the environment variable `env`. */
  readonly params: readonly { readonly name: string; readonly env: string; readonly value: PlanValue }[];
  /** The pipeline's `envs`. */
  readonly envs: readonly { readonly name: string; readonly value: PlanValue }[];
  readonly condition: PlanExpression | undefined;
  readonly loop: PlanLoop | undefined;
  readonly retry: PlanRetry | undefined;
  /** Seconds of running time over all attempts; -1 is forever. */
  readonly timeoutSeconds: number;
  readonly resources: {
    readonly cpu?: number;
    readonly maxCpu?: number;
    readonly memoryMb?: number;
    readonly diskMb?: number;
  };
  /** Directories that the action leaves behind: its alias first. */
  readonly namespaces: readonly PlanDirectory[];
  /** Directories of earlier actions that this action refers to. */
  readonly restores: readonly (PlanDirectory & { readonly action: string })[];
  /** `native: wait` with a gate: seconds to wait. */
  readonly wait: PlanValue | undefined;
  /**
   * `raise`: a failure is sent as a failure of the Task. `report`: it is sent as a result with status `failed`, because
   * the action is a branch of a Parallel whose siblings must finish; `end of run` raises it. (A Catch in the branch
   * would need a state to go to, one more billed transition per failed branch.)
   */
  readonly onFailure: "raise" | "report";
}

/** A directory that actions hand on. */
export interface PlanDirectory {
  /** As written; `${{ dirs.<namespace> }}`. */
  readonly namespace: string;
  /** Safe name on disk and in object keys. */
  readonly key: string;
  /** Stored after the run because a later action refers to it. Always true in `restores`. */
  readonly stored: boolean;
}

/**
 * The user's commands. Each reference stands in `text` as a variable, written for its place; the agent
 * writes the values to a file of the attempt that the script's prelude reads. A value never becomes code.
 */
export interface PlanScript {
  readonly text: string;
  /** The language whose variables stand for references; absent for a shell, and where there are none. */
  readonly language?: "python" | "node" | undefined;
  readonly variables: readonly { readonly name: string; readonly value: PlanValue }[];
}

/** `loop` of an action. */
export interface PlanLoop {
  readonly break: PlanExpression | undefined;
  readonly strategy: LoopStrategy;
}

/** The retry policy of an action. */
export type PlanRetry = LoopStrategy;
