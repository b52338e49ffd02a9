import * as z from "zod";
import { LARGEST_BODY_BYTES, RUNS_API_ROUTES, type RunsApiEvent, type RunsApiOperation } from "./contract.ts";
import { ApiProblem } from "./problem.ts";

/** A request, whichever API Gateway has brought it. */
export interface ApiRequest {
  readonly operation: RunsApiOperation;
  readonly requestId: string;
  /** ARN of the IAM identity that has signed the request. */
  readonly caller: string;
  readonly path: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** The body as it was sent; empty where there is none. */
  readonly body: Uint8Array;
}

/** Reads an event of either kind. Throws `ApiProblem` for a route that is none and for a caller that nobody knows. */
export function readRequest(event: RunsApiEvent): ApiRequest {
  const isRest = "httpMethod" in event;
  const routeKey = isRest ? `${event.httpMethod} ${event.resource}` : event.routeKey;
  const route = RUNS_API_ROUTES.find(({ method, path }) => routeKey === `${method} ${path}`);
  if (route === undefined) {
    const known = RUNS_API_ROUTES.map(({ method, path }) => `${method} ${path}`).join(", ");
    throw new ApiProblem("not-found", `There is no "${routeKey}"; there are ${known}.`);
  }
  const caller = isRest ? event.requestContext.identity?.userArn : event.requestContext.authorizer?.iam.userArn;
  if (!caller) {
    const detail = "The request bears no IAM identity. Sign it with AWS Signature Version 4 for execute-api.";
    throw new ApiProblem("not-allowed", detail);
  }
  return {
    operation: route.operation,
    requestId: event.requestContext.requestId,
    caller,
    path: event.pathParameters ?? {},
    query: event.queryStringParameters ?? {},
    body: Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8"),
  };
}

/** A parameter that the route's path has. */
export function pathParameter({ path }: ApiRequest, name: "runId" | "action" | "pipeline"): string {
  return path[name] ?? "";
}

/** Fields that people try, and what they want instead. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ["secrets", "Secrets are never submitted: put them into Parameter Store (see docs/security.md)"],
  ["configs", "Configs are never submitted: put them into Parameter Store (see docs/security.md)"],
]);

/** The body as JSON of this shape. Throws `ApiProblem`. */
export function readBody<Body>({ body }: ApiRequest, schema: z.ZodType<Body>): Body {
  if (body.byteLength > LARGEST_BODY_BYTES) {
    const detail = `The body has ${body.byteLength} bytes; at most ${LARGEST_BODY_BYTES} are allowed.`;
    throw new ApiProblem("body-too-large", detail);
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : "";
    throw new ApiProblem("invalid-request", `The body is no JSON in UTF-8: ${reason}`, {}, { cause });
  }
  return read(value, schema, "The body");
}

/** The query as this shape; parameters that the route does not know are refused. Throws `ApiProblem`. */
export function readQuery<Query>({ query }: ApiRequest, schema: z.ZodType<Query>): Query {
  return read(query, schema, "The query");
}

/** For routes that take no query. Throws `ApiProblem`. */
export function refuseQuery(request: ApiRequest): void {
  readQuery(request, z.strictObject({}));
}

function read<Value>(value: unknown, schema: z.ZodType<Value>, subject: string): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    return parsed.data;
  }
  const problems = parsed.error.issues.flatMap(describeIssue);
  throw new ApiProblem("invalid-request", `${subject} is wrong: ${problems.join(" ")}`, { problems });
}

function describeIssue(issue: z.core.$ZodIssue): readonly string[] {
  const place = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => {
      const name = place === "" ? key : `${place}.${key}`;
      const instead = INSTEAD.get(key);
      return `"${name}" is not known.${instead === undefined ? "" : ` ${instead}.`}`;
    });
  }
  return [`${place === "" ? "It" : `"${place}"`}: ${issue.message}.`];
}
