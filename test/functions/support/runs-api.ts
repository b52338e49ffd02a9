import { fileURLToPath } from "node:url";
import type { MiddlewareObj } from "@middy/core";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { Context } from "aws-lambda";
import { BUILT_IN_ACTIONS, EXECUTOR_KINDS, loadActionTypes } from "../../../actions/index.ts";
import type { CompileContext } from "../../../compiler/index.ts";
import { createRunsApi, RUNS_API_ROUTES, type RunsApiRuntime } from "../../../functions/index.ts";
import { openApiDocument } from "../../../functions/runs-api/openapi.ts";
import type { LoggedAttempt, LogLines } from "../../../functions/runs-api/runtime.ts";
import { action, param, plan, template, text } from "./plans.ts";
import { type Database, Shop } from "./shop.ts";

export const CALLER = "arn:aws:sts::123456789012:assumed-role/release-manager/maria";

/** Builds and tests, then deploys where a param says. */
export const SHOP_PLAN = plan(
  [
    action("build", 0),
    action("Füße", 0, { key: "f-e-1a2b3c4d" }),
    action("deploy", 1, { envs: [{ name: "TARGET", value: template(param("target")) }] }),
  ],
  {
    params: [
      { name: "target", type: "string", required: true, default: undefined },
      { name: "replicas", type: "int", required: false, default: text(2) },
    ],
  },
);

/** What the compiler knows in the shop: the built-in types, on one ECS executor. */
export const SHOP_CONTEXT: CompileContext = {
  actionTypes: loadActionTypes([fileURLToPath(BUILT_IN_ACTIONS)]).types,
  kinds: EXECUTOR_KINDS,
  executors: new Map([["build", { name: "build", kind: "ecs" }]]),
  defaultExecutor: "build",
};

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
}

export interface Call {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The body as it is. */
  readonly rawBody?: string;
  readonly isBase64Encoded?: boolean;
  /** A REST API brings it, with payload format 1.0. */
  readonly rest?: boolean;
  /** A 500 is what the test wants; any other is a mistake, thrown with what was logged. */
  readonly mayBreak?: boolean;
  /** Default: `CALLER`; null: nobody has signed it. */
  readonly caller?: string | null;
}

/** The API of a shop. Every answer is held against the OpenAPI document. */
export class ShopApi {
  readonly shop: Shop;
  /** Logs by attempt: `build.1`. */
  readonly logs = new Map<string, string[]>();
  /** `<operation> <status>` of everything that was answered. */
  readonly answered = new Set<string>();
  readonly runtime: RunsApiRuntime;
  delaySeconds = 0;

  private constructor(shop: Shop) {
    this.shop = shop;
    const { stateMachineArnPrefix = "" } = shop.runtime.environment;
    this.runtime = {
      ...shop.runtime,
      machines: {
        arnPrefix: stateMachineArnPrefix,
        namePrefix: "sluice-",
        roleArn: "arn:aws:iam::123456789012:role/machines",
        logGroupArn: "arn:aws:logs:eu-central-1:123456789012:log-group:machines:*",
        functions: new Map(
          ["ExecuteActionEcs", "ExecuteActionWait", "RecordRun"].map((name) => [
            `\${${name}}`,
            `arn:aws:lambda:eu-central-1:123456789012:function:${name}`,
          ]),
        ),
      },
      compileContext: async () => SHOP_CONTEXT,
      logs: {
        delaySeconds: this.delaySeconds,
        read: async (attempt, after, limit) => this.#read(attempt, after, limit),
      },
    };
  }

  static async open(database: Database, middlewares: readonly MiddlewareObj[] = []): Promise<ShopApi> {
    const shop = await Shop.open(database, SHOP_PLAN, middlewares);
    const input = JSON.stringify({ params: { target: "production" } });
    shop.states.executions.set(shop.execution, { status: "RUNNING", startDate: shop.now / 1000, input });
    return new ShopApi(shop);
  }

  /** `POST /runs`, `GET /runs/x/actions/build/log`. */
  async call(method: "GET" | "POST" | "PUT", path: string, call: Call = {}): Promise<Answer> {
    const { route, parameters } = matchRoute(method, path);
    const event = call.rest ? restEvent(route, parameters, call) : httpEvent(route, parameters, call);
    const answer = (await createRunsApi(this.runtime)(event, {} as Context)) as {
      statusCode: number;
      headers: Record<string, string>;
      body: string;
    };
    const body: unknown = JSON.parse(answer.body);
    validate(route, answer.statusCode, answer.headers["content-type"] ?? "", body);
    if (answer.statusCode === 500 && !call.mayBreak) throw new Error(JSON.stringify(this.shop.logs.at(-1), null, 1));
    this.answered.add(`${route.operation} ${answer.statusCode}`);
    return { status: answer.statusCode, headers: answer.headers, body };
  }

  submit(body: object): Promise<Answer> {
    return this.call("POST", "/runs", { body });
  }

  #read({ actionKey, attempt, hasEnded }: LoggedAttempt, after: string | undefined, limit: number): LogLines {
    const all = this.logs.get(`${actionKey}.${attempt}`) ?? [];
    const start = Number(after ?? 0);
    const lines = all.slice(start, start + limit).map((text) => ({ text }));
    return { lines, next: String(start + lines.length), isAtEnd: hasEnded && start + lines.length === all.length };
  }
}

type Route = (typeof RUNS_API_ROUTES)[number];

function matchRoute(method: string, path: string): { route: Route; parameters: Record<string, string> } {
  const given = path.split("/");
  for (const route of RUNS_API_ROUTES) {
    const wanted = route.path.split("/");
    if (route.method !== method || wanted.length !== given.length) continue;
    const pairs = wanted.map((part, at): [string, string] => [part, given[at] ?? ""]);
    if (pairs.some(([part, value]) => !part.startsWith("{") && part !== value)) continue;
    const parameters = pairs.filter(([part]) => part.startsWith("{"));
    return { route, parameters: Object.fromEntries(parameters.map(([part, value]) => [part.slice(1, -1), value])) };
  }
  throw new Error(`no route for ${method} ${path}`);
}

function bodyOf({ body, rawBody }: Call): string | undefined {
  return rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
}

/** As an HTTP API hands it over. Source: "Working with AWS Lambda proxy integrations for HTTP APIs". */
function httpEvent(route: Route, parameters: Record<string, string>, call: Call): object {
  const body = bodyOf(call);
  const decoded = Object.entries(parameters).map(([name, value]) => [name, decodeURIComponent(value)]);
  return {
    version: "2.0",
    routeKey: `${route.method} ${route.path}`,
    rawPath: route.path,
    headers: {},
    ...(decoded.length > 0 && { pathParameters: Object.fromEntries(decoded) }),
    ...(call.query && { queryStringParameters: call.query }),
    requestContext: {
      requestId: "request-1",
      ...(call.caller !== null && {
        authorizer: { iam: { userArn: call.caller ?? CALLER, accountId: "123456789012" } },
      }),
    },
    ...(body !== undefined && { body }),
    isBase64Encoded: call.isBase64Encoded ?? false,
  };
}

/** As a REST API hands it over: what is not there is null. */
function restEvent(route: Route, parameters: Record<string, string>, call: Call): object {
  return {
    httpMethod: route.method,
    resource: route.path,
    path: route.path,
    headers: {},
    pathParameters: Object.keys(parameters).length > 0 ? parameters : null,
    queryStringParameters: call.query ?? null,
    requestContext: {
      requestId: "request-1",
      identity: { userArn: call.caller === undefined ? CALLER : call.caller, sourceIp: "10.0.0.7" },
    },
    body: bodyOf(call) ?? null,
    isBase64Encoded: call.isBase64Encoded ?? false,
  };
}

interface OpenApi {
  readonly paths: Record<
    string,
    Record<string, { readonly responses: Record<string, { readonly content: Record<string, { schema: object }> }> }>
  >;
  readonly components: object;
}

export const OPEN_API = openApiDocument() as OpenApi;
const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { "date-time": true } });
ajv.addSchema({ $id: "openapi", components: OPEN_API.components });
const validators = new Map<string, ValidateFunction>();

/** Holds an answer against what the document says of this route and status. */
function validate({ method, path, operation }: Route, status: number, contentType: string, body: unknown): void {
  const content = OPEN_API.paths[path]?.[method.toLowerCase()]?.responses[status]?.content;
  const schema = content?.[contentType]?.schema;
  if (schema === undefined)
    throw new Error(`${operation} answered ${status} as ${contentType}, which is not documented`);
  const key = `${operation} ${status}`;
  const own =
    validators.get(key) ??
    ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components')));
  validators.set(key, own);
  if (!own(body))
    throw new Error(`${key} is not as documented: ${ajv.errorsText(own.errors)}\n${JSON.stringify(body)}`);
}
