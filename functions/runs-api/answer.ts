import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { type ApiProblem, problemDocument } from "./problem.ts";

/** What an operation answers. */
export interface ApiAnswer {
  readonly status: 200 | 201 | 202;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What either kind of API Gateway takes. */
export type ApiResponse = Required<Pick<APIGatewayProxyStructuredResultV2, "statusCode" | "headers" | "body">>;

/** An answer as a response. Nothing is cached on the way: what runs do changes by the second. */
export function answerResponse({ status, body, headers }: ApiAnswer): ApiResponse {
  return {
    statusCode: status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
    body: JSON.stringify(body),
  };
}

/** A problem as a response. */
export function problemResponse(problem: ApiProblem, requestId: string | undefined): ApiResponse {
  const document = problemDocument(problem, requestId);
  const { retryAfterSeconds } = problem.members;
  return {
    statusCode: document.status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...(retryAfterSeconds !== undefined && { "retry-after": String(retryAfterSeconds) }),
    },
    body: JSON.stringify(document),
  };
}
