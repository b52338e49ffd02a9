import { BlockList, isIP } from "node:net";
import type { Json } from "../../../compiler/index.ts";
import { invalidPattern } from "./invalid-pattern.ts";
import { isList } from "./json.ts";

/** EventBridge takes numbers between -5e9 and 5e9. */
const LARGEST_NUMBER = 5_000_000_000;

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "=": (a, b) => a === b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

/** `["=", 5]`, `[">", 0]`, or a range with both ends: `[">", 0, "<=", 5]`. */
export function compileNumeric(operand: Json, path: readonly string[]): (value: number) => boolean {
  const parts = isList(operand) ? operand : [];
  const bounds: { readonly operator: string; readonly test: (value: number) => boolean }[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const [operator, bound] = [parts[index], parts[index + 1]];
    const compare = typeof operator === "string" && Object.hasOwn(COMPARE, operator) ? COMPARE[operator] : undefined;
    if (compare === undefined || typeof operator !== "string") {
      throw invalidPattern('numeric takes "=", "<", "<=", ">" and ">="', path);
    }
    if (typeof bound !== "number" || Math.abs(bound) > LARGEST_NUMBER) {
      throw invalidPattern(`numeric compares with a number between -${LARGEST_NUMBER} and ${LARGEST_NUMBER}`, path);
    }
    bounds.push({ operator, test: (value) => compare(value, bound) });
  }
  const [first, second] = bounds;
  if (first === undefined || bounds.length > 2) throw invalidPattern("numeric takes one bound or two", path);
  if (second !== undefined && !(first.operator.startsWith(">") && second.operator.startsWith("<"))) {
    throw invalidPattern("a numeric range has its lower bound first and its upper bound second", path);
  }
  return (value) => bounds.every(({ test }) => test(value));
}

/** `*` stands for any characters, also none; `\*` and `\\` are the characters themselves. */
export function compileWildcard(pattern: string, path: readonly string[]): (text: string) => boolean {
  /** The literal texts between the stars. */
  const pieces: string[] = [""];
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index);
    const next = pattern.charAt(index + 1);
    if (character === "*") {
      if (next === "*") throw invalidPattern("consecutive wildcard characters are not allowed", path);
      pieces.push("");
      continue;
    }
    if (character === "\\") {
      if (next !== "*" && next !== "\\") throw invalidPattern("only * and \\ may be escaped", path);
      index++;
    }
    pieces.push(`${pieces.pop() ?? ""}${character === "\\" ? next : character}`);
  }
  return (text) => matchPieces(text, pieces);
}

/** First piece at the start, last at the end, the others in between as early as can be: no backtracking. */
function matchPieces(text: string, pieces: readonly string[]): boolean {
  const [first = "", ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let position = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, position);
    if (found === -1) return false;
    position = found + piece.length;
  }
  return text.length - position >= last.length && text.endsWith(last);
}

/** `10.0.0.0/24`, also IPv6. */
export function compileCidr(block: string, path: readonly string[]): (text: string) => boolean {
  const [address = "", bits = ""] = block.split("/");
  const version = isIP(address);
  const family = version === 6 ? "ipv6" : "ipv4";
  const isPrefix = /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 6 ? 128 : 32);
  if (version === 0 || !isPrefix) throw invalidPattern(`"${block}" is not a block of addresses`, path);
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family);
  return (text) => isIP(text) === version && list.check(text, family);
}
