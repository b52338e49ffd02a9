/**
 * One AWS service on the laptop: operations by their API name, with the SDK's input and output shapes. The wire
 * protocol (`local/wire`) and the in-process transport both call it; it knows neither.
 */
export interface LocalService {
  /** Endpoint prefix of the service: `states`, `events`, `ssm`, `ecs`. */
  readonly name: string;
  /** `X-Amz-Target` prefix of the JSON protocols, for example `AWSStepFunctions`. */
  readonly targetPrefix: string;
  /** `1.0` or `1.1`. */
  readonly jsonVersion: "1.0" | "1.1";
  readonly operations: { readonly [operation: string]: (input: unknown) => Promise<object> };
}

/** An error of the service as AWS would answer it; `name` is the error code on the wire. */
export class ServiceError extends Error {
  readonly statusCode: number;
  /** Members of the error beside its message. */
  readonly members: object;

  constructor(name: string, message: string, statusCode = 400, members: object = {}) {
    super(message);
    this.name = name;
    this.statusCode = statusCode;
    this.members = members;
  }
}
