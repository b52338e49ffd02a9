import {
  BodyTooLargeError,
  collectBody,
  decodePercent,
  queryValue,
  textResponse,
  type WireRequest,
  type WireResponse,
} from "../wire/http.ts";
import { ServiceError } from "../wire/service.ts";
import type { Scheduler } from "./scheduler.ts";

/** Far above what a schedule can be. */
const LARGEST_BODY_BYTES = 512 * 1024;

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly operation: string;
}

const ROUTES: readonly Route[] = [
  { method: "POST", path: /^\/schedules\/([^/]+)$/, operation: "CreateSchedule" },
  { method: "PUT", path: /^\/schedules\/([^/]+)$/, operation: "UpdateSchedule" },
  { method: "GET", path: /^\/schedules\/([^/]+)$/, operation: "GetSchedule" },
  { method: "DELETE", path: /^\/schedules\/([^/]+)$/, operation: "DeleteSchedule" },
  { method: "GET", path: /^\/schedules$/, operation: "ListSchedules" },
  { method: "POST", path: /^\/schedule-groups\/([^/]+)$/, operation: "CreateScheduleGroup" },
];

/** Members of the input that travel in the query: as it is called there, and in the input. */
const QUERY_MEMBERS: readonly (readonly [query: string, member: string])[] = [
  ["groupName", "GroupName"],
  ["ScheduleGroup", "GroupName"],
  ["NamePrefix", "NamePrefix"],
  ["State", "State"],
  ["NextToken", "NextToken"],
  ["clientToken", "ClientToken"],
];

/**
 * The protocol `restJson1` as the SDK client 3.1162 speaks it to EventBridge Scheduler: the operation in method and
 * path, times as seconds since the epoch. `request` has been verified.
 * Source: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
 */
export async function answerSchedulerProtocol({ operations }: Scheduler, request: WireRequest): Promise<WireResponse> {
  try {
    const route = ROUTES.find(({ method, path }) => method === request.method && path.test(request.path));
    const operation = route && operations[route.operation];
    if (operation === undefined) {
      const message = `EventBridge Scheduler has no ${request.method} ${request.path} here.`;
      throw new ServiceError("UnknownOperationException", message, 404);
    }
    const output = await operation(await inputOf(request, route?.path.exec(request.path)?.[1]));
    return textResponse(200, "application/json", JSON.stringify(toWire(output)));
  } catch (error) {
    return errorResponse(error);
  }
}

async function inputOf(request: WireRequest, name: string | undefined): Promise<object> {
  const body = (await collectBody(request.body, LARGEST_BODY_BYTES)).toString("utf8");
  const most = queryValue(request, "MaxResults");
  return {
    ...(body === "" ? {} : parseBody(body)),
    ...Object.fromEntries(
      QUERY_MEMBERS.flatMap(([query, member]) => {
        const value = queryValue(request, query);
        return value === undefined ? [] : [[member, value]];
      }),
    ),
    ...(most !== undefined && { MaxResults: Number(most) }),
    ...(name !== undefined && { Name: decodePercent(name) }),
  };
}

function parseBody(text: string): object {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null) return body;
  } catch {
    // As for a body that is no structure.
  }
  throw new ServiceError("SerializationException", "The body is not JSON.");
}

function errorResponse(error: unknown): WireResponse {
  if (error instanceof BodyTooLargeError) {
    return errorResponse(new ServiceError("RequestEntityTooLargeException", error.message, 413));
  }
  const isKnown = error instanceof ServiceError;
  const message = error instanceof Error ? (isKnown ? error.message : (error.stack ?? error.message)) : String(error);
  const name = isKnown ? error.name : "InternalServerException";
  return textResponse(isKnown ? error.statusCode : 500, "application/json", JSON.stringify({ Message: message }), {
    "x-amzn-errortype": name,
  });
}

/** Dates become seconds; everything else is JSON already. */
function toWire(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(toWire);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toWire(entry)]));
  }
  return value;
}
