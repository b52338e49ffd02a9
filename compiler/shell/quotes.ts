import { openBackticks, openDollar } from "./expansions.ts";
import { addToWord, closeFrame, isReferenceAt, type Lexer, peek, take } from "./lexer.ts";

/** `'…'`: nothing is special but the quote. */
export function stepSingle(lexer: Lexer, character: string): true {
  if (character === "'") closeFrame(lexer);
  else addToWord(lexer, character);
  return take(lexer);
}

/** `$'…'`: like `'…'`, but a backslash may escape the quote. */
export function stepAnsi(lexer: Lexer, character: string): true {
  if (character === "\\" && isReferenceAt(lexer, 1)) return escapeBackslash(lexer);
  if (character === "\\") return take(lexer, 2);
  return stepSingle(lexer, character);
}

/** `"…"`. */
export function stepDouble(lexer: Lexer, character: string): true {
  if (character === '"') {
    closeFrame(lexer);
    return take(lexer);
  }
  return stepQuotedText(lexer, character);
}

/** Text in which expansions are live and quotes are not: inside `"…"` and in a heredoc's body. */
export function stepQuotedText(lexer: Lexer, character: string): true {
  if (character === "\\") return takeQuotedEscape(lexer);
  if (character === "$") return openDollar(lexer, true);
  if (character === "`") return openBackticks(lexer);
  addToWord(lexer, character);
  return take(lexer);
}

function takeQuotedEscape(lexer: Lexer): true {
  // The backslash belongs to the text; before our "$" it would take the variable's meaning away.
  if (isReferenceAt(lexer, 1)) return escapeBackslash(lexer);
  const next = peek(lexer, 1);
  if (next !== undefined && next !== "\n") addToWord(lexer, next);
  return take(lexer, next === undefined ? 1 : 2);
}

function escapeBackslash(lexer: Lexer): true {
  lexer.text += "\\\\";
  lexer.at += 1;
  return true;
}
