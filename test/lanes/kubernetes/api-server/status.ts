/** An answer that is not an object: the body is a Status. Source: API reference of Kubernetes, Status v1 meta. */
export class StatusError extends Error {
  override readonly name = "StatusError";
  readonly code: number;
  readonly reason: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: number, reason: string, message: string, retryAfterSeconds?: number) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export const notFound = (resource: string, name: string) =>
  new StatusError(404, "NotFound", `${resource} "${name}" not found`);

export const alreadyExists = (resource: string, name: string) =>
  new StatusError(409, "AlreadyExists", `${resource} "${name}" already exists`);

export const conflict = (resource: string, name: string) =>
  new StatusError(
    409,
    "Conflict",
    `Operation cannot be fulfilled on ${resource} "${name}": the object has been modified`,
  );

export const invalid = (kind: string, name: string, problems: readonly string[]) =>
  new StatusError(422, "Invalid", `${kind} "${name}" is invalid: ${problems.join(", ")}`);

export const badRequest = (message: string) => new StatusError(400, "BadRequest", message);

export function statusBody({ code, reason, message, retryAfterSeconds }: StatusError): object {
  return {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message,
    reason,
    code,
    ...(retryAfterSeconds !== undefined && { details: { retryAfterSeconds } }),
  };
}
