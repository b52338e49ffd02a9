import type { ApiProblem } from "./answers.ts";

/** What is known of a call that failed. */
interface CallFailure extends ErrorOptions {
  /** The same call may succeed a moment later. Default false. */
  readonly isPassing?: boolean;
  /** Milliseconds that the other side wants to be left alone. Default 0. */
  readonly retryAfterMs?: number;
}

/** A call to an installation failed, and not because of what was asked for: exit code 3. */
export class CallError extends Error {
  override readonly name = "CallError";
  /** What to do about it. */
  readonly help: string;
  readonly isPassing: boolean;
  readonly retryAfterMs: number;

  constructor(message: string, help: string, { isPassing = false, retryAfterMs = 0, ...options }: CallFailure = {}) {
    super(`${message}.`.replace(/\.\.$/, "."), options);
    this.help = help;
    this.isPassing = isPassing;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The installation refuses what was asked for. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly problem: ApiProblem;

  constructor(problem: ApiProblem) {
    super(problem.detail);
    this.problem = problem;
  }
}
