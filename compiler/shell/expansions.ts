import { codeFrame } from "./frames.ts";
import { addToWord, backtickDepth, emitEscaped, isReferenceAt, type Lexer, peek, take, type Unit } from "./lexer.ts";

/** At a `$`: opens what it starts. `quoted`: inside double quotes or a heredoc, where `$'` and `$"` mean nothing. */
export function openDollar(lexer: Lexer, quoted: boolean): boolean {
  if (isReferenceAt(lexer, 1)) {
    // "$" and our "${SLUICE_1}" would be "$$" and text: the author's "$" is just a character.
    emitEscaped(lexer, "\\$");
    lexer.at += 1;
    return true;
  }
  addToWord(lexer, "$");
  const next = peek(lexer, 1);
  if (next === "(") {
    const isArithmetic = isArithmeticAt(lexer, 1);
    take(lexer, isArithmetic ? 3 : 2);
    lexer.frames.push(isArithmetic ? { kind: "arithmetic", closer: "))", depth: 0 } : codeFrame(")"));
  } else if (next === "{") {
    take(lexer, 2);
    lexer.frames.push({ kind: "parameter", quoted, phase: "name", name: "" });
  } else if (next === "[") {
    take(lexer, 2);
    lexer.frames.push({ kind: "arithmetic", closer: "]", depth: 0 });
  } else if (next === "'" && !quoted) {
    take(lexer, 2);
    lexer.frames.push({ kind: "ansi" });
  } else {
    // `$#`, `$?` and the like must not be taken for a comment or an operator.
    take(lexer, next !== undefined && /[#?*@!$-]/.test(next) ? 2 : 1);
  }
  return true;
}

/**
 * At a backtick, or at `escapes` backslashes before one: opens the substitution if the nesting fits. Its extent is found
 * at once, because the shell too looks for the closing backtick before it reads what stands between.
 */
export function openBackticks(lexer: Lexer, escapes: number, inQuotes: boolean): boolean {
  const depth = backtickDepth(lexer);
  if (peek(lexer, escapes) !== "`" || escapes !== 2 ** depth - 1) return false;
  const start = lexer.at + escapes + 1;
  const end = findClosingBacktick(lexer, start, escapes);
  take(lexer, escapes + 1);
  addToWord(lexer, "$");
  const region = { end, resume: end + escapes + 1 };
  lexer.frames.push(codeFrame(undefined, { region, backticksInQuotes: inQuotes }));
  return true;
}

function findClosingBacktick(lexer: Lexer, start: number, escapes: number): number {
  let backslashes = 0;
  for (let index = start; index < lexer.units.length; index++) {
    const unit = lexer.units[index];
    if (unit === "`" && (escapes === 0 ? backslashes % 2 === 0 : backslashes === escapes)) return index - escapes;
    backslashes = unit === "\\" ? backslashes + 1 : 0;
  }
  return lexer.units.length;
}

/**
 * Whether the `((` that stands `offset` units ahead is arithmetic: its parentheses close with `))`. Otherwise it is a
 * subshell in a subshell or substitution; that is how bash tells them apart.
 */
export function isArithmeticAt(lexer: Lexer, offset: number): boolean {
  if (peek(lexer, offset) !== "(" || peek(lexer, offset + 1) !== "(") return false;
  lexer.closing ??= matchParentheses(lexer.units);
  const closing = lexer.closing.get(lexer.at + offset + 1);
  return closing !== undefined && lexer.units[closing + 1] === ")";
}

/** Index of the parenthesis that closes each one, found in one pass: looking ahead from each would take the square. */
function matchParentheses(units: readonly Unit[]): ReadonlyMap<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  for (let index = 0; index < units.length; index++) {
    const unit = units[index];
    if (unit === "\\") index++;
    else if (unit === "(") open.push(index);
    else if (unit === ")") {
      const opening = open.pop();
      if (opening !== undefined) closing.set(opening, index);
    }
  }
  return closing;
}
