import { assertNever } from "../assert-never.ts";
import { keyOf } from "../graph/build-graph.ts";
import type { Expression } from "../model/expression.ts";
import type { ExpressionField } from "../model/pipeline.ts";
import type { Reference } from "../model/reference.ts";
import type { Json, Value } from "../model/value.ts";
import { positionOf } from "../source/line-map.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { Span } from "../source/span.ts";
import type { Place, PlanExpression, PlanValue } from "./plan.ts";

/** Turns values of the model into values of a plan: aliases become keys, offsets become lines and columns. */
export interface PlanValues {
  value(value: Value): PlanValue;
  expression(field: ExpressionField): PlanExpression;
  /** The value of one reference, its type kept. */
  reference(reference: Reference): PlanValue;
  /** Namespaces of the `dirs` references among all that was turned since the last call, in the order of their use. */
  takeDirectories(): readonly string[];
}

/** For one plan. */
export function createPlanValues(file: SourceFile, keys: ReadonlyMap<string, string>): PlanValues {
  const directories = new Set<string>();

  const placeOf = ({ start }: Span): Place => {
    const { line, column } = positionOf(file, start);
    return { line, column };
  };

  const parts = (given: readonly (string | Reference)[]) =>
    given.map((part) => (typeof part === "string" ? part : reference(part)));

  function reference(given: Reference): Reference {
    switch (given.kind) {
      case "output":
        return { ...given, action: keyOf(keys, given.action) };
      case "dir":
        directories.add(given.namespace);
        return given;
      case "config":
        return { ...given, key: { ...given.key, parts: parts(given.key.parts) } };
      case "param":
      case "random":
      case "base64-decode":
        return given;
      /* v8 ignore next -- @preserve */
      default:
        return assertNever(given);
    }
  }

  function value(given: Value): PlanValue {
    switch (given.kind) {
      case "literal":
        return { kind: "literal", value: given.value };
      case "template":
        return { kind: "template", parts: parts(given.parts), place: placeOf(given.span) };
      case "list":
        return { kind: "list", items: given.items.map(value) };
      case "map":
        return { kind: "map", entries: given.entries.map((entry) => ({ key: entry.key, value: value(entry.value) })) };
      /* v8 ignore next -- @preserve */
      default:
        return assertNever(given);
    }
  }

  function expression(given: Expression): Expression {
    switch (given.kind) {
      case "literal":
      case "name":
        return given;
      case "template":
        return { ...given, parts: parts(given.parts) };
      case "reference":
        return { ...given, reference: reference(given.reference) };
      case "unary":
        return { ...given, operand: expression(given.operand) };
      case "binary":
        return { ...given, left: expression(given.left), right: expression(given.right) };
      case "conditional":
        return {
          ...given,
          test: expression(given.test),
          // biome-ignore lint/suspicious/noThenProperty: a field of the model's conditional, no promise
          then: expression(given.then),
          ...(given.otherwise ? { otherwise: expression(given.otherwise) } : {}),
        };
      case "list":
        return { ...given, items: given.items.map(expression) };
      /* v8 ignore next -- @preserve */
      default:
        return assertNever(given);
    }
  }

  return {
    takeDirectories() {
      const taken = [...directories];
      directories.clear();
      return taken;
    },
    value,
    reference: (given) => ({ kind: "template", parts: [reference(given)], place: placeOf(given.span) }),
    expression: (field) => ({
      expression: expression(field.expression),
      text: field.text,
      start: field.span.start,
      place: placeOf(field.span),
    }),
  };
}

/** A constant as a plan's value. */
export function planConstant(value: Json): PlanValue {
  if (value === null || typeof value !== "object") return { kind: "literal", value };
  if (isList(value)) return { kind: "list", items: value.map(planConstant) };
  return { kind: "map", entries: Object.entries(value).map(([key, member]) => ({ key, value: planConstant(member) })) };
}

/** `Array.isArray` does not tell a `readonly` array from an object. */
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
