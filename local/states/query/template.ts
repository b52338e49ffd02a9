import { type Document, documentOf, isArray, isObject, type Json, typeNameOf } from "../document.ts";
import { type Step, settle } from "../step.ts";
import type { Expression, Scope } from "./expression.ts";
import { QueryError } from "./query-error.ts";

/** A payload template: JSON whose strings may be expressions. A part without any is written out only once. */
export type Template =
  | { readonly kind: "constant"; readonly document: Document }
  | { readonly kind: "expression"; readonly expression: Expression }
  | { readonly kind: "object"; readonly entries: readonly (readonly [string, Template])[] }
  | { readonly kind: "array"; readonly items: readonly Template[] };

/** Compiles one string of a template; undefined for a string that is no expression. */
export type CompileString = (text: string, location: string) => Expression | undefined;

/** `location` is the path of the value inside its state, as AWS prints it: `Arguments/list[0]/name`. */
export function compileTemplate(value: Json, location: string, compile: CompileString): Template {
  if (typeof value === "string") {
    const expression = compile(value, location);
    return expression === undefined ? constant(value) : { kind: "expression", expression };
  }
  if (isArray(value)) {
    const items = value.map((item, index) => compileTemplate(item, `${location}[${index}]`, compile));
    return items.every(isConstant) ? constant(value) : { kind: "array", items };
  }
  if (isObject(value)) {
    const entries = Object.entries(value).map(
      ([key, entry]) => [key, compileTemplate(entry, `${location}/${key}`, compile)] as const,
    );
    return entries.every(([, entry]) => isConstant(entry)) ? constant(value) : { kind: "object", entries };
  }
  return constant(value);
}

function constant(value: Json): Template {
  return { kind: "constant", document: documentOf(value) };
}

function isConstant(template: Template): boolean {
  return template.kind === "constant";
}

/** The value of a template; waits where one of its expressions does. */
export function* evaluateTemplate(template: Template, scope: Scope): Step<Document> {
  if (template.kind === "constant") return template.document;
  return documentOf(yield* evaluateValue(template, scope));
}

function* evaluateValue(template: Template, scope: Scope): Step<Json> {
  switch (template.kind) {
    case "constant":
      return template.document.value;
    case "expression": {
      const value = template.expression.evaluate(scope);
      return value instanceof Promise ? yield* settle(value) : value;
    }
    case "array": {
      const items: Json[] = [];
      for (const item of template.items) items.push(yield* evaluateValue(item, scope));
      return items;
    }
    case "object": {
      const entries: [string, Json][] = [];
      for (const [key, entry] of template.entries) entries.push([key, yield* evaluateValue(entry, scope)]);
      return Object.fromEntries(entries);
    }
  }
}

/** Evaluates a template whose value has to be of one type; what is constant was checked when the definition was read. */
export function* evaluateAs<T extends Json>(
  template: Template,
  scope: Scope,
  typeName: string,
  is: (value: Json) => value is T,
): Step<T> {
  const { value, text } = yield* evaluateTemplate(template, scope);
  if (is(value)) return value;
  if (template.kind !== "expression") throw new QueryError(`Expected '${typeName}', but was: ${text}`);
  const { source, location } = template.expression;
  throw new QueryError(
    `The JSONata expression '${source}' specified for the field '${location}' returned an unexpected result type. ` +
      `Expected '${typeName}', but was '${typeNameOf(value)}' for value: ${text}`,
    location,
  );
}
