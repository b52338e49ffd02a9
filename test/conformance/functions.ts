import { randomUUID } from "node:crypto";
import type { Clock } from "../../local/clock.ts";
import type { InvokeFunction } from "../../local/states/index.ts";
import { ServiceError } from "../../local/wire/service.ts";

interface Answer {
  readonly payload: string;
  readonly functionError?: string;
}

type Handler = (payload: string, clock: Clock) => Answer | Promise<Answer>;

/** The Python functions that the recordings were made with, by the name of their file. */
const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ["id_function.py", (payload) => ({ payload: pythonJson(JSON.parse(payload)) })],
  ["return_bytes_str.py", () => ({ payload: JSON.stringify("HelloWorld!") })],
  ["large_output_string.py", () => ({ payload: JSON.stringify("a".repeat(257 * 1024)) })],
  [
    "wait_60_seconds.py",
    (_payload, clock) =>
      new Promise((resolve) => {
        clock.schedule(60_000, () => resolve({ payload: "null" }));
      }),
  ],
  [
    "raise_exception.py",
    () => raise("Exception", "Some exception was raised.", 2, 'raise Exception("Some exception was raised.")'),
  ],
  ["raise_custom_exception.py", () => raise("CustomException", "", 9, "raise CustomException()")],
]);

/** JSON as Python's runtime writes it: with a space after each comma and colon, which counts in `Content-Length`. */
function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}: ${pythonJson(entry)}`);
  return `{${entries.join(", ")}}`;
}

/** The answer of Python's runtime for an exception. */
function raise(errorType: string, errorMessage: string, line: number, code: string): Answer {
  const stackTrace = [`  File "/var/task/handler.py", line ${line}, in handler\n    ${code}\n`];
  const payload = pythonJson({ errorMessage, errorType, requestId: randomUUID(), stackTrace });
  return { payload, functionError: "Unhandled" };
}

/** The functions of one recording. */
export function createFunctions(lambdas: { readonly [name: string]: string }, clock: Clock): InvokeFunction {
  return async (nameOrArn, payload) => {
    const name = nameOrArn.split(":").at(-1) ?? "";
    const handler = HANDLERS.get(lambdas[name] ?? "");
    if (handler === undefined) {
      const arn = `arn:aws:lambda:us-east-1:111111111111:function:${name}:$LATEST`;
      throw new ServiceError("ResourceNotFoundException", `Function not found: ${arn}`, 404);
    }
    return handler(payload, clock);
  };
}
