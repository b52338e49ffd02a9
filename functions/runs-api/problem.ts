import { isTransient } from "../../actions/index.ts";
import { hasName } from "../errors/has-name.ts";
import { MachineDeletingError } from "../machines/ensure-machine.ts";
import { RunNotFoundError } from "../runs/read-run.ts";
import { RunConflictError } from "../runs/submit-run.ts";
import { InvalidRunError } from "../runs/validate-params.ts";
import { NoScheduleError } from "../schedules/put-schedules.ts";
import type { Problem } from "./schemas.ts";

/** Problems by their names, which stand behind `urn:sluice:problem:`; described in docs/api.md. */
export const PROBLEMS = {
  "invalid-request": { status: 400, title: "The request is wrong" },
  "not-allowed": { status: 403, title: "The caller is not known" },
  "not-found": { status: 404, title: "There is no such thing" },
  conflict: { status: 409, title: "This cannot be done now" },
  "body-too-large": { status: 413, title: "The body is too large" },
  "invalid-pipeline": { status: 422, title: "The pipeline does not compile" },
  "invalid-run": { status: 422, title: "The params or envs do not fit the pipeline" },
  throttled: { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "A bug, or a fault of AWS" },
  unavailable: { status: 503, title: "Not available for a moment" },
} as const;

/** Name of a problem. */
export type ProblemName = keyof typeof PROBLEMS;

/** What a problem says beside its name and detail. */
interface ProblemMembers extends Pick<Problem, "diagnostics" | "problems"> {
  /** Seconds after which the same request may succeed: the header `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/** A request that is refused. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly problem: ProblemName;
  readonly members: ProblemMembers;

  constructor(problem: ProblemName, detail: string, members: ProblemMembers = {}, options?: ErrorOptions) {
    super(detail, options);
    this.problem = problem;
    this.members = members;
  }
}

/** Error names by which AWS says that there were too many calls. Source: "Common Errors" of the services that are called. */
const THROTTLED = [
  "ThrottlingException",
  "Throttling",
  "TooManyRequestsException",
  "RequestLimitExceeded",
  "ProvisionedThroughputExceededException",
  "SlowDown",
];

/** CreateStateMachine is refilled once a second. */
const THROTTLED_SECONDS = 2;
/** Deleting a machine on which nothing runs is a matter of seconds. */
const DELETING_SECONDS = 15;
const UNAVAILABLE_SECONDS = 5;

/** What the caller is told of an error. Only `internal` and `unavailable` are worth a line in the log. */
export function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) {
    return error;
  }
  if (error instanceof InvalidRunError) {
    return new ApiProblem("invalid-run", error.message, { problems: [...error.problems] });
  }
  if (error instanceof RunNotFoundError || error instanceof NoScheduleError) {
    return new ApiProblem("not-found", error.message);
  }
  if (error instanceof RunConflictError) {
    const detail = `${error.message} Send the same content again, or choose another idempotencyKey.`;
    return new ApiProblem("conflict", detail);
  }
  if (error instanceof MachineDeletingError || hasName(error, "StateMachineDeleting")) {
    const detail = "The pipeline's state machine was not used for long and is just being deleted. Try again.";
    return new ApiProblem("unavailable", detail, { retryAfterSeconds: DELETING_SECONDS }, { cause: error });
  }
  if (THROTTLED.some((name) => hasName(error, name))) {
    const detail = "AWS takes no more calls for a moment. Try again.";
    return new ApiProblem("throttled", detail, { retryAfterSeconds: THROTTLED_SECONDS }, { cause: error });
  }
  if (isTransient(error)) {
    const detail = "A service that is needed did not answer. Try again.";
    return new ApiProblem("unavailable", detail, { retryAfterSeconds: UNAVAILABLE_SECONDS }, { cause: error });
  }
  const detail = "The request could not be answered; the log of the function runs-api says why.";
  return new ApiProblem("internal", detail, {}, { cause: error });
}

/** The document of a problem. */
export function problemDocument({ problem, message, members }: ApiProblem, requestId: string | undefined): Problem {
  const { status, title } = PROBLEMS[problem];
  return {
    type: `urn:sluice:problem:${problem}`,
    title,
    status,
    detail: message,
    ...(requestId !== undefined && { requestId }),
    ...(members.problems !== undefined && { problems: members.problems }),
    ...(members.diagnostics !== undefined && { diagnostics: members.diagnostics }),
  };
}
