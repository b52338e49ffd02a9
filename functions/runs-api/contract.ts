import * as z from "zod";
import type { Permission } from "../../actions/executors/contract.ts";
import { CALLS } from "../contract.ts";
import { MAKE_MACHINE_PERMISSIONS } from "../machines/contract.ts";
import { PUT_SCHEDULES_PERMISSIONS } from "../schedules/contract.ts";

/**
 * Routes of the API, each with IAM authorization; braces match one segment. A front that hands requests over names the
 * route: `routeKey` of an HTTP API, `httpMethod` and `resource` of a REST API.
 */
export const RUNS_API_ROUTES = [
  { operation: "submitRun", method: "POST", path: "/runs" },
  { operation: "listRuns", method: "GET", path: "/runs" },
  { operation: "readRun", method: "GET", path: "/runs/{runId}" },
  { operation: "cancelRun", method: "POST", path: "/runs/{runId}/cancel" },
  { operation: "readLog", method: "GET", path: "/runs/{runId}/actions/{action}/log" },
  { operation: "inspectAction", method: "GET", path: "/runs/{runId}/actions/{action}/inspect" },
  { operation: "updateAction", method: "POST", path: "/runs/{runId}/actions/{action}/update" },
  { operation: "listPipelines", method: "GET", path: "/pipelines" },
  { operation: "readSchedule", method: "GET", path: "/pipelines/{pipeline}/schedule" },
  { operation: "switchSchedule", method: "PUT", path: "/pipelines/{pipeline}/schedule" },
  { operation: "readOpenApi", method: "GET", path: "/openapi.json" },
] as const;

/** Name of what a route does, as OpenAPI's `operationId`. */
export type RunsApiOperation = (typeof RUNS_API_ROUTES)[number]["operation"];

/**
 * File beside the function's bundle that holds the installation's action types, a JSON array of `ActionType`: the
 * compiler runs in the function, and types of the installation's own are known only when it is deployed.
 */
export const ACTION_TYPES_FILE = "action-types.json";

/** Largest body that is taken, in bytes. Lambda's own limit is 6 MB for the whole event, in which the body is escaped. */
export const LARGEST_BODY_BYTES = 2 * 1024 * 1024;

/** Seconds that the function may take; API Gateway gives up after 30. */
export const RUNS_API_TIMEOUT_SECONDS = 29;

const callerOfHttpApi = z.object({ iam: z.object({ userArn: z.string() }) });
const text = z.string();
const texts = z.record(text, text.optional()).nullish();

/** The part of an HTTP API's event (payload format 2.0) that is used. */
const httpApiEvent = z.object({
  version: z.literal("2.0"),
  routeKey: text,
  rawPath: text.optional(),
  pathParameters: texts,
  queryStringParameters: texts,
  body: text.nullish(),
  isBase64Encoded: z.boolean().default(false),
  requestContext: z.object({ requestId: text, authorizer: callerOfHttpApi.optional() }),
});

/** The part of a REST API's event (payload format 1.0) that is used: the private variant is one. */
const restApiEvent = z.object({
  httpMethod: text,
  resource: text,
  path: text.optional(),
  pathParameters: texts,
  queryStringParameters: texts,
  body: text.nullish(),
  isBase64Encoded: z.boolean().default(false),
  requestContext: z.object({ requestId: text, identity: z.object({ userArn: text.nullish() }).optional() }),
});

/** What `runs-api` is called with: an event of either API. */
export const runsApiEvent = z.union([httpApiEvent, restApiEvent]);

/** A request as an API Gateway hands it over. */
export type RunsApiEvent = Readonly<z.infer<typeof runsApiEvent>>;

/** Calls of the function itself. `inspect` and `update` need those of the executors as well. */
export const RUNS_API_PERMISSIONS: readonly Permission[] = [
  CALLS.records,
  { actions: ["dynamodb:Query"], on: "listedRuns" },
  { actions: ["s3:GetObject", "s3:PutObject"], on: "plans" },
  CALLS.currentPlan,
  CALLS.listExecutors,
  { actions: ["s3:ListBucket"], on: "bucket", condition: "currentPlans" },
  CALLS.largeValues,
  CALLS.events,
  { actions: ["states:StartExecution"], on: "machines" },
  { actions: ["states:StopExecution"], on: "executions" },
  { actions: ["logs:GetLogEvents"], on: "attemptLogs" },
  ...MAKE_MACHINE_PERMISSIONS,
  ...PUT_SCHEDULES_PERMISSIONS,
];
