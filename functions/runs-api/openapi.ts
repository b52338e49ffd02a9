import * as z from "zod";
import { json } from "../records/output.ts";
import { RUNS_API_ROUTES, type RunsApiOperation } from "./contract.ts";
import { listPipelinesQuery } from "./operations/list-pipelines.ts";
import { listRunsQuery } from "./operations/list-runs.ts";
import { readLogQuery } from "./operations/read-log.ts";
import { PROBLEMS, type ProblemName } from "./problem.ts";
import * as schemas from "./schemas.ts";

/** Version of the API; it grows with what a caller could notice. */
const API_VERSION = "1.0.0";

interface OperationDocument {
  readonly summary: string;
  readonly description?: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Answers by status; `undefined`: the OpenAPI document itself. */
  readonly answers: Readonly<Record<number, { readonly description: string; readonly schema: z.ZodType | undefined }>>;
  /** Problems beside those of every operation. */
  readonly problems: readonly ProblemName[];
}

const EVERYWHERE = ["invalid-request", "not-allowed", "throttled", "internal", "unavailable"] as const;

const OPERATIONS: { readonly [operation in RunsApiOperation]: OperationDocument } = {
  submitRun: {
    summary: "Submit a run",
    description:
      "Of a deployed pipeline, or of the text of a file: then the compiler runs here, and what it says is in the answer.",
    body: schemas.submission,
    answers: {
      201: { description: "The run was accepted.", schema: schemas.submittedRun },
      200: { description: "The same submission has made this run before.", schema: schemas.submittedRun },
    },
    problems: ["not-found", "conflict", "body-too-large", "invalid-pipeline", "invalid-run"],
  },
  listRuns: {
    summary: "List runs, the newest first",
    description: "A run stands in the list about a second after it was submitted.",
    query: listRunsQuery,
    answers: { 200: { description: "A page of runs.", schema: schemas.runList } },
    problems: [],
  },
  readRun: {
    summary: "Read a run with its actions and outputs",
    answers: { 200: { description: "The run.", schema: schemas.run } },
    problems: ["not-found"],
  },
  cancelRun: {
    summary: "Cancel a run",
    answers: {
      202: { description: "Its execution is stopped; its actions end within seconds.", schema: schemas.cancelledRun },
      200: { description: "It was cancelled before.", schema: schemas.cancelledRun },
    },
    problems: ["not-found", "conflict"],
  },
  readLog: {
    summary: "Read the log of an action, or follow it",
    description: "Ask again with `after` until `complete`; while `ended` is not set, another attempt may follow.",
    query: readLogQuery,
    answers: { 200: { description: "Lines of the log.", schema: schemas.logPage } },
    problems: ["not-found"],
  },
  inspectAction: {
    summary: "Look at the latest attempt of an action",
    answers: { 200: { description: "What its record and its executor say.", schema: schemas.inspection } },
    problems: ["not-found", "conflict"],
  },
  updateAction: {
    summary: "Change the latest attempt of an action while it lives",
    body: schemas.actionUpdate,
    answers: { 200: { description: "It was changed.", schema: schemas.updatedAction } },
    problems: ["not-found", "conflict", "body-too-large"],
  },
  listPipelines: {
    summary: "List the pipelines that were deployed",
    query: listPipelinesQuery,
    answers: { 200: { description: "A page of pipelines.", schema: schemas.pipelineList } },
    problems: [],
  },
  readSchedule: {
    summary: "Read when runs of a pipeline start by themselves",
    answers: { 200: { description: "Its cron, and what became of the latest times.", schema: schemas.schedule } },
    problems: ["not-found"],
  },
  switchSchedule: {
    summary: "Let the cron of a pipeline start runs, or stop it",
    body: schemas.scheduleSwitch,
    answers: { 200: { description: "The schedule as it is now.", schema: schemas.schedule } },
    problems: ["not-found", "body-too-large"],
  },
  readOpenApi: {
    summary: "Read this document",
    answers: { 200: { description: "OpenAPI 3.1.", schema: undefined } },
    problems: [],
  },
};

/** What parameters mean; `z.describe` does not survive the transformations of a query. */
const PARAMETERS: Readonly<Record<string, string>> = {
  runId: "The run's id.",
  action: "Alias or key of an action.",
  pipeline: "Name or key of a pipeline.",
  status: "Statuses, separated by commas.",
  limit: "How many at most.",
  after: "What the page before has named as `next`.",
  attempt: "Number of the attempt, counted from 1. Default: the latest.",
};

const NAMES: ReadonlyMap<z.ZodType, string> = new Map<z.ZodType, string>([
  [json, "Json"],
  [schemas.submission, "Submission"],
  [schemas.actionUpdate, "ActionUpdate"],
  [schemas.diagnostic, "Diagnostic"],
  [schemas.submittedRun, "SubmittedRun"],
  [schemas.runList, "RunList"],
  [schemas.run, "Run"],
  [schemas.cancelledRun, "CancelledRun"],
  [schemas.logPage, "LogPage"],
  [schemas.inspection, "Inspection"],
  [schemas.updatedAction, "UpdatedAction"],
  [schemas.pipelineList, "PipelineList"],
  [schemas.scheduleSwitch, "ScheduleSwitch"],
  [schemas.schedule, "Schedule"],
  [schemas.problem, "Problem"],
]);

let document: object | undefined;

/** The OpenAPI 3.1 document of the API, made of the very schemas that requests are read with. */
export function openApiDocument(): object {
  document ??= makeDocument();
  return document;
}

function makeDocument(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const { operation, method, path } of RUNS_API_ROUTES) {
    paths[path] = { ...paths[path], [method.toLowerCase()]: describeOperation(operation, path) };
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Sluice runs",
      version: API_VERSION,
      description: "Submit runs of pipelines, look at them, read their logs, cancel them. See docs/api.md.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    security: [{ sigv4: [] }],
    paths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        sigv4: {
          type: "apiKey",
          name: "Authorization",
          in: "header",
          description: "AWS Signature Version 4 for the service `execute-api`.",
          "x-amazon-apigateway-authtype": "awsSigv4",
        },
      },
    },
  };
}

function describeOperation(operation: RunsApiOperation, path: string): object {
  const { summary, description, query, body, answers, problems } = OPERATIONS[operation];
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
    ...parameter(name, "path", { type: "string" }),
    required: true,
  }));
  const inQuery = Object.entries(query === undefined ? {} : (z.toJSONSchema(query, INPUT).properties ?? {})).map(
    ([name, schema]) => parameter(name, "query", schema),
  );
  const parameters = [...inPath, ...inQuery];
  return {
    operationId: operation,
    summary,
    ...(description !== undefined && { description }),
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && { requestBody: { required: true, content: content("application/json", body) } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [
          status,
          { description: answer.description, content: content("application/json", answer.schema) },
        ]),
      ),
      ...describeProblems([...EVERYWHERE, ...problems]),
    },
  };
}

const INPUT = { io: "input", unrepresentable: "throw" } as const;

function parameter(name: string, place: "path" | "query", schema: unknown): object {
  return { name, in: place, description: PARAMETERS[name] ?? "", schema };
}

function content(type: string, schema: z.ZodType | undefined): object {
  const name = schema === undefined ? undefined : NAMES.get(schema);
  return { [type]: { schema: name === undefined ? { type: "object" } : { $ref: referenceTo(name) } } };
}

/** One entry for each status; several problems may share one. */
function describeProblems(names: readonly ProblemName[]): object {
  const byStatus = new Map<number, ProblemName[]>();
  for (const name of names) {
    const { status } = PROBLEMS[name];
    byStatus.set(status, [...(byStatus.get(status) ?? []), name]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, own]) => [
      status,
      {
        description: own.map((name) => `\`${name}\`: ${PROBLEMS[name].title}.`).join(" "),
        content: content("application/problem+json", schemas.problem),
      },
    ]),
  );
}

function referenceTo(name: string): string {
  return `#/components/schemas/${name}`;
}

function componentSchemas(): object {
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of NAMES) {
    registry.add(schema, { id });
  }
  const { schemas: made } = z.toJSONSchema(registry, { ...INPUT, uri: referenceTo });
  return Object.fromEntries(
    Object.entries(made).map(([name, { $id: _id, $schema: _dialect, ...schema }]) => [name, schema]),
  );
}
