import { type Document, documentOf, EMPTY_OBJECT, isObject, type Json, parseDocument } from "../document.ts";
import { STATES_ERRORS } from "../error-names.ts";
import { type RandomBytes, randomUuid } from "../randomness.ts";
import type { ArgumentProblem, FindIntegration, TaskAnswer, TaskIntegration } from "./integration.ts";
import { sdkResponse } from "./sdk-response.ts";

/**
 * Invokes a function with a JSON text and answers one, as Lambda's `Invoke` does. A handler that threw is an answer
 * with `functionError` and the payload `{"errorType", "errorMessage", …}`; rejected is what Lambda itself refuses
 * (an error whose `name` is Lambda's, `ResourceNotFoundException` for example).
 */
export type InvokeFunction = (
  nameOrArn: string,
  payload: string,
) => Promise<{ readonly payload: string; readonly functionError?: string }>;

/** What the integration calls. */
export interface LambdaOptions {
  readonly invoke: InvokeFunction;
  readonly now: () => number;
  readonly random: RandomBytes;
}

const OPTIMIZED = "arn:aws:states:::lambda:invoke";
const FUNCTION_ARN = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:[^:]+(:[^:]+)?$/;
/** The arguments of `Invoke` that reach the function host. */
const ARGUMENTS: ReadonlySet<string> = new Set(["FunctionName", "Payload", "InvocationType"]);

/**
 * `arn:aws:states:::lambda:invoke`, the same with `.waitForTaskToken`, and a function's own ARN as Resource.
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
 */
export function createLambdaIntegrations(options: LambdaOptions): FindIntegration {
  const optimized = createOptimized(options, "invoke", false);
  const withToken = createOptimized(options, "invoke.waitForTaskToken", true);
  return (resource) => {
    if (resource === OPTIMIZED) return optimized;
    if (resource === `${OPTIMIZED}.waitForTaskToken`) return withToken;
    return FUNCTION_ARN.test(resource) ? createFunction(options, resource) : undefined;
  };
}

function createOptimized(options: LambdaOptions, resource: string, waitsForToken: boolean): TaskIntegration {
  return {
    events: "service",
    resourceType: "lambda",
    resource,
    waitsForToken,
    check: checkArguments,
    run({ value }) {
      const name = isObject(value) ? value["FunctionName"] : undefined;
      if (typeof name !== "string") {
        const cause = "The field 'FunctionName' is required and must be a string.";
        return Promise.resolve({ kind: "failed", error: STATES_ERRORS.runtime, cause });
      }
      const payload = isObject(value) && value["Payload"] !== undefined ? documentOf(value["Payload"]) : EMPTY_OBJECT;
      return call(options, name, payload, {
        output: (answer) => documentOf(sdkResponse(answer, options)),
        // AWS writes the function's answer anew here, and hands it on as it is below.
        cause: (answer) => JSON.stringify(answer.value),
      });
    },
  };
}

function createFunction(options: LambdaOptions, arn: string): TaskIntegration {
  return {
    events: "lambdaFunction",
    resourceType: "lambda",
    resource: arn,
    waitsForToken: false,
    check: () => [],
    run: (argumentsDocument) =>
      call(options, arn, argumentsDocument, { output: (answer) => answer, cause: (answer) => answer.text }),
  };
}

/** Arguments that are an expression as a whole can be checked only while it runs. */
function checkArguments(value: Json): readonly ArgumentProblem[] {
  if (!isObject(value)) return [];
  const problems = Object.keys(value)
    .filter((name) => !ARGUMENTS.has(name))
    .map((name) => ({ message: `The argument "${name}" is not supported`, path: `/${name}` }));
  if (value["FunctionName"] === undefined)
    problems.push({ message: 'The argument "FunctionName" is required', path: "" });
  const type = value["InvocationType"];
  if (type !== undefined && type !== "RequestResponse") {
    problems.push({
      message: 'The only InvocationType that is supported is "RequestResponse"',
      path: "/InvocationType",
    });
  }
  return problems;
}

async function call(
  { invoke, random }: LambdaOptions,
  name: string,
  payload: Document,
  form: { readonly output: (answer: Document) => Document; readonly cause: (answer: Document) => string },
): Promise<TaskAnswer> {
  try {
    const result = await invoke(name, payload.text);
    const answer = parseAnswer(result.payload);
    if (result.functionError === undefined) return { kind: "succeeded", output: form.output(answer) };
    const error = isObject(answer.value) ? answer.value["errorType"] : undefined;
    return { kind: "failed", error: typeof error === "string" ? error : "Lambda.Unknown", cause: form.cause(answer) };
  } catch (error) {
    return refusal(error, random);
  }
}

/** A function that answers no JSON answers its text. */
function parseAnswer(payload: string): Document {
  try {
    return parseDocument(payload === "" ? "null" : payload);
  } catch {
    return documentOf(payload);
  }
}

/** Lambda's own errors have names that end so; anything else is what AWS calls unknown. */
function refusal(error: unknown, random: RandomBytes): TaskAnswer {
  if (!(error instanceof Error)) return { kind: "failed", error: "Lambda.Unknown", cause: String(error) };
  if (!error.name.endsWith("Exception")) return { kind: "failed", error: "Lambda.Unknown", cause: error.message };
  const details = [
    "Service: AWSLambda",
    `Status Code: ${"statusCode" in error ? String(error.statusCode) : "500"}`,
    `Error Code: ${error.name}`,
    `Request ID: ${randomUuid(random)}`,
    "Proxy: null",
  ];
  return { kind: "failed", error: `Lambda.${error.name}`, cause: `${error.message} (${details.join("; ")})` };
}
