import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";

/** A refusal that the agent is told, as a problem document (RFC 9457). */
export class HttpProblem extends Error {
  override readonly name = "HttpProblem";
  readonly status: 400 | 401 | 404 | 409;

  constructor(status: 400 | 401 | 404 | 409, detail: string) {
    super(detail);
    this.status = status;
  }
}

const TITLES = {
  400: "Bad Request",
  401: "Unauthorized",
  404: "Not Found",
  409: "Conflict",
  500: "Internal Server Error",
  503: "Service Unavailable",
} as const;

/** A problem as an HTTP response. */
export function problemResponse(status: keyof typeof TITLES, detail: string): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: status,
    headers: { "content-type": "application/problem+json" },
    body: JSON.stringify({ type: "about:blank", title: TITLES[status], status, detail }),
  };
}

/** A JSON answer. */
export function jsonResponse(body: object): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: 200,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
    body: JSON.stringify(body),
  };
}
