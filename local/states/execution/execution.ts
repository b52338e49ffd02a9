import type { Document, Json } from "../document.ts";
import type { HistoryEvent } from "../history/event.ts";

/** Status of an execution, as AWS spells it. */
export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

/**
 * One execution: nothing but JSON, so that it can be stored between two events and go on in another process. Only a
 * step changes it (`advance`).
 */
export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly machineName: string;
  /** Which text of the machine's definition it runs: an update does not change what runs already. */
  readonly revisionId: string;
  readonly roleArn: string;
  readonly input: Document;
  /** Milliseconds since the epoch. */
  readonly startDate: number;
  status: ExecutionStatus;
  stopDate?: number;
  output?: Document;
  error?: string;
  cause?: string;
  /** The frames that are alive by their id; 0 is the machine's own. */
  readonly frames: { [id: number]: Frame };
  readonly history: HistoryEvent[];
  /** Next number for a frame, a timer or a task. */
  nextId: number;
  /** Length of all variables together, in UTF-16 units of their JSON. */
  variablesLength: number;
  /** The timer of the machine's TimeoutSeconds. */
  timeoutTimer: number | undefined;
}

/** A flow that is being executed: the machine itself, a branch, or one iteration of a Map. */
export interface Frame {
  readonly id: number;
  /** Number of the flow in the machine. */
  readonly flow: number;
  /** The frame of the Parallel or Map state that it belongs to, and its place there. */
  readonly parent?: { readonly frame: number; readonly index: number };
  /** `$states.context.Map` within an iteration. */
  readonly mapItem?: { readonly index: number; readonly value: Json };
  /** Variables that were set in this frame; those of the frames around it are seen through it. */
  readonly variables: { [name: string]: Document };
  /** The event that the next one of this frame follows. */
  previousEventId: number;
  /** The state that is to be entered next. */
  entering: { readonly state: string; readonly input: Document } | undefined;
  /** The state that is being executed. */
  run: StateRun | undefined;
}

/** A state under way, from its entry to its exit, with all its tries. */
export interface StateRun {
  readonly state: string;
  readonly enteredEventId: number;
  readonly enteredAt: number;
  readonly input: Document;
  /** Tries that each Retrier has used, by its place in `Retry`. */
  readonly retries: number[];
  /** `$states.context.State.RetryCount`. */
  retryCount: number;
  activity: Activity | undefined;
}

/** What a state waits for. Ids lead from the event that ends the waiting back to here; another id is a late event. */
export type Activity = WaitActivity | BackoffActivity | TaskActivity | ParallelActivity | MapActivity;

interface WaitActivity {
  readonly kind: "wait";
  readonly timer: number;
}

/** Between two tries. */
interface BackoffActivity {
  readonly kind: "backoff";
  readonly timer: number;
}

/** A task that somebody works on. */
export interface TaskActivity {
  readonly kind: "task";
  readonly task: number;
  readonly arguments: Document;
  /** Where the Resource waits for one. */
  readonly token: string | undefined;
  readonly timeoutTimer: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  heartbeatTimer: number | undefined;
}

/** A frame is null and its output set once the branch has ended. */
export interface ParallelActivity {
  readonly kind: "parallel";
  readonly frames: (number | null)[];
  readonly outputs: Document[];
  running: number;
}

/** A Map under way; frames and outputs are as in `ParallelActivity`. */
export interface MapActivity {
  readonly kind: "map";
  readonly items: readonly Json[];
  readonly maxConcurrency: number;
  readonly frames: (number | null)[];
  readonly outputs: Document[];
  /** Iterations that were begun; the next one has this index. */
  started: number;
  running: number;
}
