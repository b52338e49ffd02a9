import type { Json } from "../../../compiler/index.ts";
import { invalidPattern } from "./invalid-pattern.ts";
import { isList, isObject, type JsonObject } from "./json.ts";
import { type Matcher, readMatcher } from "./matchers.ts";

/** A compiled event pattern. */
export interface EventPattern {
  matches(event: Json): boolean;
}

/** Judges the value of one place of the event; `undefined` where there is none. */
type Test = (value: Json | undefined) => boolean;

/** EventBridge's limit of a pattern, in characters. */
const LONGEST_PATTERN = 4096;
/** Operators: an object with one of them is no alternative of `$or`, but a field of that name. */
const OPERATOR = /^(anything-but|cidr|equals-ignore-case|exists|numeric|prefix|suffix|wildcard)$/;

/**
 * Compiles an EventBridge event pattern.
 *
 * A pattern names fields; each must match (AND), by one of the values or operators in its list (OR). A field of the
 * event that is an array matches when one of its elements does; an object pattern on an array wants *one* element that
 * matches it as a whole. `$or` holds alternatives and may stand at any level.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 *
 * @param text JSON text, as `PutRule` takes it
 * @throws {ServiceError} InvalidEventPatternException
 */
export function compilePattern(text: string): EventPattern {
  if (text.length > LONGEST_PATTERN) throw invalidPattern(`a pattern has at most ${LONGEST_PATTERN} characters`);
  let pattern: Json;
  try {
    pattern = JSON.parse(text);
  } catch {
    throw invalidPattern("it is not JSON");
  }
  if (!isObject(pattern)) throw invalidPattern("it is not an object");
  const test = compileObject(pattern, []);
  return { matches: (event) => test(event) };
}

function compileObject(pattern: JsonObject, path: readonly string[]): Test {
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw invalidPattern("empty objects are not allowed", path);
  const tests = entries.map(([key, value]): ((event: JsonObject) => boolean) => {
    if (key === "$or" && isAlternatives(value)) {
      const alternatives = value.map((alternative) => compileObject(alternative, [...path, key]));
      return (event) => alternatives.some((alternative) => alternative(event));
    }
    const test = compileField(value, [...path, key]);
    return (event) => test(Object.hasOwn(event, key) ? event[key] : undefined);
  });
  const matchesAll = (event: JsonObject) => tests.every((test) => test(event));

  return (value) => {
    if (value !== undefined && isObject(value)) return matchesAll(value);
    const objects = flatten(value).filter(isObject);
    // Where there is no object the fields do not exist, which is what `exists: false` asks for.
    return objects.length === 0 ? matchesAll({}) : objects.some(matchesAll);
  };
}

function compileField(pattern: Json, path: readonly string[]): Test {
  if (isList(pattern)) {
    if (pattern.length === 0) throw invalidPattern("empty arrays are not allowed", path);
    return compileLeaf(pattern.map((item) => readMatcher(item, path)));
  }
  if (!isObject(pattern)) throw invalidPattern("it must be an object or an array", path);
  return compileObject(pattern, path);
}

function compileLeaf(matchers: readonly Matcher[]): Test {
  return (value) => {
    // Only leaves exist: an object, also inside an array, is none, and neither is an empty array.
    const leaves = flatten(value).filter((leaf) => !isObject(leaf));
    return matchers.some((matcher) =>
      matcher.kind === "absent" ? leaves.length === 0 : leaves.some((leaf) => matcher.matches(leaf)),
    );
  };
}

function flatten(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return isList(value) ? value.flatMap(flatten) : [value];
}

/** `$or` is the operator only with two or more objects of fields; otherwise it is a field that is called so. */
function isAlternatives(value: Json): value is readonly JsonObject[] {
  return (
    isList(value) &&
    value.length >= 2 &&
    value.every((item) => isObject(item) && !Object.keys(item).some((key) => OPERATOR.test(key)))
  );
}
