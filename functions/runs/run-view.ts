import type { AttemptLog } from "../../actions/index.ts";
import type { FailureAnalysis, StoredFile } from "../../agent/protocol.ts";
import type { Json } from "../../compiler/index.ts";
import type { ActionStatus, RunStatus } from "../records/statuses.ts";

/** A run as people and programs see it. Times are ISO 8601. */
export interface RunView {
  readonly runId: string;
  readonly pipeline: string;
  /** The pipeline's name as written. */
  readonly name: string;
  readonly status: RunStatus;
  readonly createdAt: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** What started the run. */
  readonly trigger?: Json;
  /** What Step Functions says why the execution failed. */
  readonly error?: { readonly name: string; readonly cause: string };
  readonly outputs: { readonly [name: string]: Json };
  readonly omittedOutputs?: OmittedOutputs;
  /** Every action in the order of the file. */
  readonly actions: readonly ActionView[];
}

/** Outputs that are too large to be shown beside the others, by name; absent where there are none. */
export type OmittedOutputs = { readonly [name: string]: { readonly bytes: number } };

/** An action of a run. */
export interface ActionView {
  readonly key: string;
  readonly alias: string;
  readonly type: string;
  /** Zero-based. */
  readonly stage: number;
  readonly status: ActionStatus;
  readonly attempts: number;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly outputs: { readonly [name: string]: Json };
  readonly omittedOutputs?: OmittedOutputs;
  /** What the latest attempt left in `$UPLOADDIR`; absent where it left nothing. */
  readonly files?: readonly StoredFile[];
  readonly error?: ActionErrorView;
  /** Why the action was skipped. */
  readonly reason?: string;
  /** Where the latest attempt runs or ran; absent where none was made. */
  readonly placement?: Placement;
}

/** Where an attempt runs. */
export interface Placement {
  /** Name of the executor. */
  readonly executor: string;
  /** What it started: an ECS task's ARN, a Job, a process id. Absent until it has. */
  readonly handle?: string;
  /** What the attempt got, where that is not what it asked for: a larger size of Fargate. */
  readonly allotment?: string;
  /** Where its log is kept, where that is CloudWatch Logs, and the page of the AWS console that shows it. */
  readonly log?: AttemptLog & { readonly link: string };
}

/** Why an action failed. */
export interface ActionErrorView {
  readonly name: string;
  readonly message: string;
  readonly exitCode?: number;
  /** Why the scripts failed, as far as their log tells: one line, and the lines of the log that matter. */
  readonly analysis?: FailureAnalysis;
  /** Last lines of the log, masked. */
  readonly logTail?: readonly string[];
}
