import jsonata from "jsonata";
import type { Json } from "../../document.ts";
import type { Expression, QueryEnvironment, Scope } from "../expression.ts";
import { QueryError } from "../query-error.ts";
import type { CompileString } from "../template.ts";
import { registerFunctions } from "./functions.ts";
import { type Followed, followPath, type Path, pathOf } from "./path.ts";
import { resultOf, UnsupportedResultError } from "./result.ts";
import { variableNamesOf } from "./variables.ts";

/** An expression that JSONata 2.0.6 cannot parse, or that AWS does not allow. */
export class InvalidExpressionError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "InvalidExpressionError";
  }
}

/** `{% … %}` with nothing around it. Anything else is a plain string, also with a space in front. */
const EXPRESSION = /^\{%(?<source>[\s\S]*)%\}$/;

interface Parsed {
  readonly compiled: jsonata.Expression;
  readonly path: Path | undefined;
  /** What the expression may refer to, without `$states`. */
  readonly names: ReadonlySet<string>;
  readonly usesStates: boolean;
}

/**
 * A compiler of the strings of one definition: answers undefined for a string that is no expression and throws an
 * InvalidExpressionError for a wrong one. Definitions repeat a few expressions in every state, so each text is parsed once.
 */
export function createJsonataCompiler(environment: QueryEnvironment): CompileString {
  const parsedBySource = new Map<string, Parsed>();
  return (text, location) => {
    const source = EXPRESSION.exec(text)?.groups?.["source"]?.trim();
    if (source === undefined) return undefined;
    const parsed = parsedBySource.get(source) ?? parse(source, environment);
    parsedBySource.set(source, parsed);
    return createExpression(source, location, parsed);
  };
}

function parse(source: string, environment: QueryEnvironment): Parsed {
  const compiled = compile(source);
  const names = variableNamesOf(compiled.ast());
  // Code out of data: AWS has no $eval. Source: the list of functions in reference/aws.md 3.7.
  if (names.has("eval")) throw new InvalidExpressionError("The function $eval is not supported.");
  const usesStates = names.delete("states");
  registerFunctions(compiled, environment);
  return { compiled, path: pathOf(compiled.ast()), names, usesStates };
}

function createExpression(source: string, location: string, { compiled, path, names, usesStates }: Parsed): Expression {
  const fail = (reason: string): QueryError =>
    new QueryError(`The JSONata expression '${source}' specified for the field '${location}' ${reason}`, location);
  const toResult = (value: unknown): Json => {
    const result = clean(value, fail);
    if (result === undefined) throw fail("returned nothing (undefined).");
    return result;
  };
  return {
    source,
    location,
    evaluate(scope) {
      const followed: Followed = path === undefined ? { kind: "unknown" } : followPath(path, scope);
      if (followed.kind === "found") return followed.value;
      const bindings = bindingsOf(scope, names, usesStates);
      // The place for AWS's limits of one second and of memory: whatever stops an evaluation rejects this promise.
      return compiled.evaluate(undefined, bindings).then(toResult, (error: unknown) => {
        throw fail(`threw an error during evaluation. ${describe(error)}`);
      });
    },
  };
}

function compile(source: string): jsonata.Expression {
  try {
    return jsonata(source);
  } catch (error) {
    throw new InvalidExpressionError(describe(error));
  }
}

function bindingsOf(scope: Scope, names: ReadonlySet<string>, usesStates: boolean): Record<string, Json> {
  const bindings: Record<string, Json> = {};
  if (usesStates) bindings["states"] = scope.states();
  for (const name of names) {
    const value = scope.variable(name);
    if (value !== undefined) bindings[name] = value;
  }
  return bindings;
}

function clean(value: unknown, fail: (reason: string) => QueryError): Json | undefined {
  try {
    return resultOf(value);
  } catch (error) {
    if (error instanceof UnsupportedResultError) throw fail("returned an unsupported result type.");
    throw error;
  }
}

/** JSONata throws plain objects with a code and a message. */
function describe(error: unknown): string {
  if (typeof error !== "object" || error === null) return String(error);
  const message = "message" in error ? String(error.message) : String(error);
  return "code" in error ? `${String(error.code)}: ${message}` : message;
}
