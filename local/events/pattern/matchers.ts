import type { Json } from "../../../compiler/index.ts";
import { compileCidr, compileNumeric, compileWildcard } from "./comparisons.ts";
import { invalidPattern } from "./invalid-pattern.ts";
import { isList, isObject } from "./json.ts";

/** One element of a field's list: judges a leaf, or asks that there be none (`exists: false`). */
export type Matcher = { readonly kind: "leaf"; matches(leaf: Json): boolean } | { readonly kind: "absent" };

type TextTest = (text: string) => boolean;
type Path = readonly string[];

/**
 * Reads a literal (string, number, boolean, null) or an operator.
 * @throws {ServiceError} InvalidEventPatternException
 */
export function readMatcher(item: Json, path: Path): Matcher {
  // Numbers are compared as numbers; EventBridge compares how they are spelled, which JSON.parse has forgotten.
  if (typeof item !== "object" || item === null) return onLeaf((leaf) => leaf === item);
  const [operator, operand] = soleEntry(item, path);
  switch (operator) {
    case "exists":
      if (typeof operand !== "boolean") throw invalidPattern("exists takes true or false", path);
      return operand ? onLeaf(() => true) : { kind: "absent" };
    case "numeric": {
      const test = compileNumeric(operand, path);
      return onLeaf((leaf) => typeof leaf === "number" && test(leaf));
    }
    case "anything-but": {
      const isExcluded = readExclusion(operand, path);
      return onLeaf((leaf) => !isExcluded(leaf));
    }
    default:
      return onText(readTextTest(operator, operand, path));
  }
}

/** The operators on text, which also stand below `anything-but`. */
function readTextTest(operator: string, operand: Json, path: Path): TextTest {
  switch (operator) {
    case "prefix":
      return readEnd(operator, operand, path, (text, part) => text.startsWith(part));
    case "suffix":
      return readEnd(operator, operand, path, (text, part) => text.endsWith(part));
    case "equals-ignore-case": {
      const wanted = fold(readText(operator, operand, path));
      return (text) => fold(text) === wanted;
    }
    case "wildcard":
      return compileWildcard(readText(operator, operand, path), path);
    case "cidr":
      return compileCidr(readText(operator, operand, path), path);
    default:
      throw invalidPattern(`unrecognized match type ${operator}`, path);
  }
}

/** `{"prefix": "x"}`, or `{"prefix": {"equals-ignore-case": "x"}}`. */
function readEnd(
  operator: string,
  operand: Json,
  path: Path,
  hasPart: (text: string, part: string) => boolean,
): TextTest {
  if (typeof operand === "object" && operand !== null) {
    const [inner, part] = soleEntry(operand, path);
    if (inner !== "equals-ignore-case") throw invalidPattern(`${operator} does not take ${inner}`, path);
    const folded = fold(readText(inner, part, path));
    return (text) => hasPart(fold(text), folded);
  }
  const part = readText(operator, operand, path);
  return (text) => hasPart(text, part);
}

/** `anything-but` takes a string, a number, a list of one kind of them, or an operator on text with one or more operands. */
function readExclusion(operand: Json, path: Path): (leaf: Json) => boolean {
  if (typeof operand === "string" || typeof operand === "number") return (leaf) => leaf === operand;
  if (isList(operand)) {
    const isUniform =
      operand.every((item) => typeof item === "string") || operand.every((item) => typeof item === "number");
    if (operand.length === 0 || !isUniform) {
      throw invalidPattern("anything-but takes only strings or only numbers in its list", path);
    }
    const excluded = new Set<Json>(operand);
    return (leaf) => excluded.has(leaf);
  }
  const [operator, inner] = soleEntry(operand, path);
  if (operator === "cidr") throw invalidPattern("anything-but does not take cidr", path);
  const operands: readonly Json[] = isList(inner) ? inner : [inner];
  if (operands.length === 0) throw invalidPattern("empty arrays are not allowed", path);
  const tests = operands.map((one) => readTextTest(operator, one, path));
  return (leaf) => typeof leaf === "string" && tests.some((test) => test(leaf));
}

function soleEntry(item: Json, path: Path): readonly [string, Json] {
  const entries = isObject(item) ? Object.entries(item) : [];
  const [entry] = entries;
  if (entry === undefined || entries.length > 1) {
    throw invalidPattern("a list holds strings, numbers, true, false, null and objects with one operator", path);
  }
  return entry;
}

function readText(operator: string, operand: Json, path: Path): string {
  if (typeof operand !== "string") throw invalidPattern(`${operator} takes a string`, path);
  return operand;
}

const fold = (text: string) => text.toLowerCase();
const onLeaf = (matches: (leaf: Json) => boolean): Matcher => ({ kind: "leaf", matches });
const onText = (test: TextTest): Matcher => onLeaf((leaf) => typeof leaf === "string" && test(leaf));
