import type { Document } from "../document.ts";

/** What can happen to an execution. Plain data, as the execution is. */
export type ExecutionEvent =
  | { readonly type: "started" }
  | { readonly type: "timerDue"; readonly frame: number; readonly timer: number }
  | { readonly type: "executionTimedOut"; readonly timer: number }
  | { readonly type: "taskStarted"; readonly frame: number; readonly task: number }
  /** The call of a Task that waits for its token has returned. */
  | { readonly type: "taskSubmitted"; readonly frame: number; readonly task: number; readonly output: Document }
  | { readonly type: "taskSucceeded"; readonly frame: number; readonly task: number; readonly output: Document }
  | {
      readonly type: "taskFailed";
      readonly frame: number;
      readonly task: number;
      readonly error: string | undefined;
      readonly cause: string | undefined;
    }
  | { readonly type: "heartbeat"; readonly frame: number; readonly task: number }
  | { readonly type: "stopRequested"; readonly error: string | undefined; readonly cause: string | undefined };

/** What a step asks of the world. It is done after the step, and answered by an event. */
export type Effect =
  /** `due` in milliseconds since the epoch; answered by `timerDue`, for the machine's own timeout by `executionTimedOut`. */
  | { readonly kind: "startTimer"; readonly frame: number | undefined; readonly timer: number; readonly due: number }
  | { readonly kind: "cancelTimer"; readonly timer: number }
  /** Answered by `taskStarted`, then by `taskSubmitted`, `taskSucceeded` or `taskFailed`. */
  | {
      readonly kind: "startTask";
      readonly frame: number;
      readonly task: number;
      readonly flow: number;
      readonly state: string;
      readonly arguments: Document;
    };
