import { closeGroup, endCommand, endPipeline, endWord, openGroup } from "./commands.ts";
import { isArithmeticAt, openBackticks, openDollar } from "./expansions.ts";
import { type CodeFrame, codeFrame } from "./frames.ts";
import { openHeredoc, openHeredocBody } from "./heredoc.ts";
import { currentWord, isReferenceAt, type Lexer, peek, take } from "./lexer.ts";
import { deliver, printedBy } from "./printed.ts";

/** Text in which commands, words and operators are told apart. */
export function stepCode(lexer: Lexer, frame: CodeFrame, character: string): true {
  switch (character) {
    case "\\":
      return takeEscape(lexer, frame);
    case "'":
      currentWord(lexer, frame).quoted = true;
      lexer.frames.push({ kind: "single" });
      return take(lexer);
    case '"':
      currentWord(lexer, frame).quoted = true;
      lexer.frames.push({ kind: "double" });
      return take(lexer);
    case "$":
      currentWord(lexer, frame);
      return openDollar(lexer, false);
    case "`":
      currentWord(lexer, frame);
      return openBackticks(lexer);
    case "#":
      if (frame.word) break;
      lexer.frames.push({ kind: "comment" });
      return true;
    case "\n":
      endLine(lexer, frame);
      frame.inTest = false;
      take(lexer);
      openHeredocBody(lexer, frame);
      return true;
    case " ":
    case "\t":
    case "\r":
      endWord(lexer, frame);
      return take(lexer);
    case ";":
    case "&":
    case "|":
      return takeOperator(lexer, frame, character);
    case "<":
    case ">":
      return takeRedirection(lexer, frame, character);
    case "(":
      return openParenthesis(lexer, frame);
    case ")":
      return closeParenthesis(lexer, frame);
  }
  currentWord(lexer, frame).text += character;
  return take(lexer);
}

function takeEscape(lexer: Lexer, frame: CodeFrame): true {
  const next = peek(lexer, 1);
  if (next === "\n") return take(lexer, 2);
  currentWord(lexer, frame).quoted = true;
  if (isReferenceAt(lexer, 1)) {
    // The value is quoted as a whole, so there is nothing left to escape.
    lexer.at += 1;
    return true;
  }
  currentWord(lexer, frame).text += next ?? "";
  return take(lexer, next === undefined ? 1 : 2);
}

function takeOperator(lexer: Lexer, frame: CodeFrame, character: string): true {
  const next = peek(lexer, 1);
  const isList = frame.parentheses.at(-1) === "list";
  if (frame.inTest || isList || (character === "&" && next === ">")) endWord(lexer, frame);
  else if (character === "|" && next !== "|") endCommand(lexer, frame);
  else endPipeline(lexer, frame);
  const open = frame.cases.at(-1);
  if (character === ";" && (next === ";" || next === "&") && open && open.parentheses === frame.parentheses.length) {
    open.phase = "pattern";
    return take(lexer, 2);
  }
  return take(lexer, next === character || (character === "|" && next === "&") ? 2 : 1);
}

/** A line that ends with "|" goes on with the next one. */
function endLine(lexer: Lexer, frame: CodeFrame): void {
  endWord(lexer, frame);
  if (frame.command.words.length > 0 || frame.command.inner.length > 0 || frame.pipeline.length === 0) {
    endPipeline(lexer, frame);
  }
}

function takeRedirection(lexer: Lexer, frame: CodeFrame, character: string): true {
  if (peek(lexer, 1) === "(" && !frame.inTest) {
    currentWord(lexer, frame).text += "$";
    take(lexer, 2);
    lexer.frames.push(codeFrame(")"));
    return true;
  }
  // The digit of `2>` is part of the redirection, no argument.
  if (frame.word && /^\d+$/.test(frame.word.text) && !frame.word.quoted) frame.word = undefined;
  endWord(lexer, frame);
  if (frame.inTest) return take(lexer);
  if (character === "<" && peek(lexer, 1) === "<" && peek(lexer, 2) !== "<") return openHeredoc(lexer, frame);
  let length = 1;
  while (length < 3 && "<>&|".includes(peek(lexer, length) ?? " ")) length++;
  frame.redirection = length === 3 && character === "<" ? "here-string" : "file";
  return take(lexer, length);
}

function openParenthesis(lexer: Lexer, frame: CodeFrame): true {
  const word = frame.word?.text ?? "";
  if (frame.inTest) endWord(lexer, frame);
  else if (word.endsWith("=") || /[?*+@!]$/.test(word)) frame.parentheses.push("list");
  else if (isPattern(frame)) endWord(lexer, frame);
  else if (!frame.word && startsArithmetic(frame) && isArithmeticAt(lexer, 0)) {
    take(lexer, 2);
    lexer.frames.push({ kind: "arithmetic", closer: "))", depth: 0 });
    return true;
  } else {
    endPipeline(lexer, frame);
    frame.parentheses.push("group");
    openGroup(frame);
  }
  return take(lexer);
}

/** `((…))` and `for ((…))`. */
function startsArithmetic({
  command: {
    words: [first, second],
  },
}: CodeFrame): boolean {
  return first === undefined || (first.text === "for" && !first.quoted && second === undefined);
}

function closeParenthesis(lexer: Lexer, frame: CodeFrame): true {
  const open = frame.cases.at(-1);
  if (frame.inTest) endWord(lexer, frame);
  else if (open && isPattern(frame)) {
    endWord(lexer, frame);
    frame.command.words.length = 0;
    open.phase = "body";
  } else if (frame.parentheses.length > 0) {
    if (frame.parentheses.at(-1) === "list") endWord(lexer, frame);
    else {
      endPipeline(lexer, frame);
      closeGroup(frame);
    }
    frame.parentheses.pop();
  } else if (frame.closer === ")") {
    endPipeline(lexer, frame);
    lexer.frames.pop();
    deliver(lexer, frame.into, frame.ended.flatMap(printedBy));
  }
  return take(lexer);
}

function isPattern(frame: CodeFrame): boolean {
  const open = frame.cases.at(-1);
  return open?.phase === "pattern" && open.parentheses === frame.parentheses.length;
}
