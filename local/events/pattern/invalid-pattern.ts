import { ServiceError } from "../../wire/service.ts";

/** The error that `PutRule` answers for a pattern that EventBridge would not take. */
export function invalidPattern(reason: string, path: readonly string[] = []): ServiceError {
  const place = path.length === 0 ? "" : ` at "${path.join(".")}"`;
  return new ServiceError("InvalidEventPatternException", `Event pattern is not valid. Reason: ${reason}${place}.`);
}
