import type { InputReader } from "../../wire/input.ts";
import { ServiceError } from "../../wire/service.ts";

const LONGEST_ERROR = 256;
const LONGEST_CAUSE = 32_768;

/** `error` and `cause` as StopExecution and SendTaskFailure take them. @throws {ServiceError} ValidationException */
export function readFailure(reader: InputReader) {
  const error = reader.optionalString("error");
  const cause = reader.optionalString("cause");
  checkLength("error", error, LONGEST_ERROR);
  checkLength("cause", cause, LONGEST_CAUSE);
  return { error, cause };
}

function checkLength(member: string, value: string | undefined, longest: number): void {
  if (value === undefined || value.length <= longest) return;
  throw new ServiceError(
    "ValidationException",
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${longest}`,
  );
}
