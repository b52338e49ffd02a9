import { codeFrame } from "./frames.ts";
import {
  addToWord,
  innermost,
  isReferenceAt,
  type Lexer,
  openFrame,
  peek,
  regionEnd,
  take,
  type Unit,
} from "./lexer.ts";
import { deliver, readerOf } from "./printed.ts";

/** At a `$`: opens what it starts. `quoted`: inside double quotes or a heredoc, where `$'` and `$"` mean nothing. */
export function openDollar(lexer: Lexer, quoted: boolean): true {
  if (isReferenceAt(lexer, 1)) {
    // "$" and our "${SLUICE_1}" would be "$$" and text: the author's "$" is just a character.
    lexer.text += "\\$";
    lexer.at += 1;
    return true;
  }
  addToWord(lexer, "$");
  const next = peek(lexer, 1);
  if (next === "(") {
    const isArithmetic = isArithmeticAt(lexer, 1);
    take(lexer, isArithmetic ? 3 : 2);
    openFrame(
      lexer,
      isArithmetic ? { kind: "arithmetic", closer: "))", depth: 0, counting: "" } : codeFrame(")", readerOf(lexer)),
    );
  } else if (next === "{") {
    take(lexer, 2);
    openFrame(lexer, { kind: "parameter", quoted, phase: "name", name: "", isLength: false, counting: "" });
  } else if (next === "[") {
    take(lexer, 2);
    openFrame(lexer, { kind: "arithmetic", closer: "]", depth: 0, counting: "" });
  } else if (next === "'" && !quoted) {
    take(lexer, 2);
    openFrame(lexer, { kind: "ansi" });
  } else {
    // `$#`, `$?` and the like must not be taken for a comment or an operator.
    take(lexer, next !== undefined && /[#?*@!$-]/.test(next) ? 2 : 1);
  }
  return true;
}

/**
 * At a backtick: rewrites the substitution that it opens. The shell too looks for the closing backtick first, takes one
 * level of backslashes away and then reads what is left as a script of its own. Right inside double quotes a quote may have
 * a backslash as well, but needs none; in a heredoc or a default bash leaves such a backslash to the commands.
 */
export function openBackticks(lexer: Lexer): true {
  addToWord(lexer, "$");
  const start = lexer.at + 1;
  const end = findClosingBacktick(lexer, start);
  const inner = lexer.units.slice(start, end);
  if (!inner.some((unit) => typeof unit === "object")) return take(lexer, end + 1 - lexer.at);
  const special = innermost(lexer).kind === "double" ? /[\\$`"]/ : /[\\$`]/;
  const { commands, text } = lexer.rewriteInner(withoutEscapes(inner, special));
  deliver(lexer, readerOf(lexer), commands);
  take(lexer);
  lexer.text += text.replace(/[\\`]/g, "\\$&");
  lexer.at = end;
  return take(lexer);
}

function findClosingBacktick(lexer: Lexer, start: number): number {
  const end = regionEnd(lexer);
  for (let index = start; index < end; index++) {
    if (lexer.units[index] === "\\") index++;
    else if (lexer.units[index] === "`") return index;
  }
  return end;
}

function withoutEscapes(units: readonly Unit[], special: RegExp): readonly Unit[] {
  const plain: Unit[] = [];
  let isEscaped = false;
  for (const [index, unit] of units.entries()) {
    const next = units[index + 1];
    const escapes: boolean = !isEscaped && unit === "\\" && typeof next === "string" && special.test(next);
    if (!escapes) plain.push(unit);
    isEscaped = escapes;
  }
  return plain;
}

/**
 * Whether the `((` that stands `offset` units ahead is arithmetic: its parentheses close with `))`. Otherwise it is a
 * subshell in a subshell or substitution; that is how bash tells them apart.
 */
export function isArithmeticAt(lexer: Lexer, offset: number): boolean {
  if (peek(lexer, offset) !== "(" || peek(lexer, offset + 1) !== "(") return false;
  lexer.arithmetic ??= findArithmetic(lexer.units);
  return lexer.arithmetic.has(lexer.at + offset);
}

/** Indexes of `((` whose second parenthesis is closed by the first one of `))`, whatever quotes say. */
function findArithmetic(units: readonly Unit[]): ReadonlySet<number> {
  const found = new Set<number>();
  const open: number[] = [];
  for (let index = 0; index < units.length; index++) {
    const unit = units[index];
    if (unit === "\\") index++;
    else if (unit === "(") open.push(index);
    else if (unit === ")") {
      const opening = open.pop();
      if (opening !== undefined && units[index + 1] === ")") found.add(opening - 1);
    }
  }
  return found;
}
