/**
 * The port that every executor implements. One contract test suite (`test/actions/executors/contract.ts`) runs against
 * all of them. `create` and `start` are idempotent: called again for the same attempt they find what the first call
 * made and start nothing.
 */
export interface ActionExecutor {
  readonly kind: string;
  /** Name of the configured instance. */
  readonly name: string;
  /** What there is of this attempt. */
  exist(attempt: AttemptReference): Promise<Existence>;
  /** Prepares (an ECS task definition, a Job, a directory) without starting. */
  create(attempt: AttemptSpecification): Promise<void>;
  /** Starts what `create` prepared; the handle is stored in the attempt's record. */
  start(attempt: AttemptSpecification): Promise<AttemptHandle>;
  /** Changes what can be changed of a living attempt; kinds that can change nothing reject with `UnsupportedOperation`. */
  update(attempt: AttemptReference, change: AttemptChange): Promise<void>;
  status(attempt: AttemptReference): Promise<AttemptStatus>;
  /**
   * Where every attempt is that this executor knows of, by attempt id: two calls, however many there are. What is missing
   * may have been started meanwhile. Default: each one is asked for by `status`.
   */
  statusOfAll?(): Promise<ReadonlyMap<string, AttemptStatus>>;
  /** What a person would look at when an attempt hangs, as text. */
  inspect(attempt: AttemptReference): Promise<string>;
  /** Asks the attempt to end; idempotent; returns before it has ended. */
  cancel(attempt: AttemptReference, reason: string): Promise<void>;
  /** Ends it by force and removes what it left behind, but not its log. Idempotent. */
  remove(attempt: AttemptReference): Promise<void>;
  /** Where the log of a started attempt is. Default: only the installation knows. */
  log?(attempt: AttemptReference): AttemptLog | undefined;
  /** What an attempt gets that asks for so much, in one line, where that is not what it asks for. Default: it is. */
  allotment?(attempt: Pick<AttemptSpecification, "resources">): string | undefined;
}

/** Where the log of an attempt is kept. */
export interface AttemptLog {
  /** Of CloudWatch Logs. */
  readonly region: string;
  readonly group: string;
  readonly stream: string;
}

/**
 * Executors by the name of the configured instance; a `Map` is one. `undefined`: there is none of this name, or this
 * function may not work with executors of its kind. Throws `TerminalExecutorError` where its declaration is wrong.
 */
export interface Executors {
  get(name: string): Promise<ActionExecutor | undefined> | ActionExecutor | undefined;
}

/** Text that identifies whatever the executor started: a task ARN, a job name, a process id. */
export type AttemptHandle = string;

/** How an attempt is named towards an executor. */
export interface AttemptReference {
  /** `<runId>.<actionKey>.<n>`: only `[A-Za-z0-9._-]`, at most 128 characters. */
  readonly attemptId: string;
  readonly handle?: AttemptHandle;
}

/** What an executor must know to start an attempt. */
export interface AttemptSpecification extends AttemptReference {
  readonly image: string | undefined;
  readonly resources: {
    readonly cpu?: number;
    readonly maxCpu?: number;
    readonly memoryMb?: number;
    readonly diskMb?: number;
  };
  /** What the agent is started with: `AGENT_ENVIRONMENT` names and values. Nothing secret but the single-use nonce. */
  readonly agentEnvironment: { readonly [name: string]: string };
  /** Seconds after which the executor itself must have ended the attempt, whatever the agent does. */
  readonly deadlineSeconds: number;
}

/** What can be changed of a living attempt. Absent is as it was. */
export interface AttemptChange {
  readonly deadlineSeconds?: number;
}

/** What `exist` found: prepared, started, and by what name. */
export interface Existence {
  readonly created: boolean;
  readonly started: boolean;
  readonly handle?: AttemptHandle;
}

/** Where an attempt is, as its executor sees it. `unknown`: nothing was started, or what was is gone. */
export type AttemptStatus =
  | { readonly phase: "unknown" }
  | { readonly phase: "queued"; readonly reason?: string }
  | { readonly phase: "running" }
  | {
      readonly phase: "ended";
      /** Of the user's container or process. */
      readonly exitCode?: number;
      /** For the author: what happened, and what to do. */
      readonly reason?: string;
      /** Default: nobody can tell. */
      readonly cause?: EndCause;
    };

/**
 * What an executor may know of an end that nobody reported. `outOfMemory`: the user's container was killed for want of
 * memory. `notStarted`: it can never start like this (no such image). `interrupted`: it was taken away from outside,
 * through no fault of its own (a Spot interruption, a lost host, somebody who stopped it).
 */
export type EndCause = "outOfMemory" | "notStarted" | "interrupted";
