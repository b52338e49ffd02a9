import { EXIT } from "../exit-code.ts";
import type { RefusedError } from "./errors.ts";

/** Statuses by which API Gateway and the function say that the caller may not, which no other argument would change. */
const NOT_ALLOWED: ReadonlySet<number> = new Set([401, 403]);

/** What a person reads of a refusal: each mistake on a line of its own, where there are several. */
export function describeRefusal({ problem }: RefusedError): string {
  const { detail, problems = [], requestId } = problem;
  const reference = requestId === undefined ? "" : `  request: ${requestId}\n`;
  if (problems.length < 2) return `error: ${detail}\n${reference}`;
  return `error: ${problem.title}.\n${problems.map((text) => `  ${text}\n`).join("")}${reference}`;
}

/** The exit code of a refusal: the command line asked for something that cannot be, or who asked may not. */
export function refusalExit({ problem }: RefusedError): number {
  return NOT_ALLOWED.has(problem.status) ? EXIT.aws : EXIT.usage;
}
