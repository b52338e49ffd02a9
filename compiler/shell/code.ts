import { isDeclaring, isMapOption } from "./builtins.ts";
import { closeGroup, endCommand, endPipeline, endWord, openGroup } from "./commands.ts";
import { isArithmeticAt, openBackticks, openDollar } from "./expansions.ts";
import { type CodeFrame, codeFrame } from "./frames.ts";
import { openHeredoc, openHeredocBody } from "./heredoc.ts";
import { addCharacter, closeFrame, currentWord, isReferenceAt, type Lexer, openFrame, peek, take } from "./lexer.ts";
import { deliver } from "./printed.ts";

/** Text in which commands, words and operators are told apart. */
export function stepCode(lexer: Lexer, frame: CodeFrame, character: string): true {
  switch (character) {
    case "\\":
      return takeEscape(lexer, frame);
    case "'":
      currentWord(lexer, frame).quoted = true;
      openFrame(lexer, { kind: "single" });
      return take(lexer);
    case '"':
      currentWord(lexer, frame).quoted = true;
      openFrame(lexer, { kind: "double" });
      return take(lexer);
    case "$":
      currentWord(lexer, frame);
      return openDollar(lexer, false);
    case "`":
      currentWord(lexer, frame);
      return openBackticks(lexer);
    case "#":
      if (frame.word) break;
      openFrame(lexer, { kind: "comment" });
      return true;
    case "\n":
      // A test may go on behind `&&`.
      endWord(lexer, frame);
      if (!frame.inTest) endLine(lexer, frame);
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
  addCharacter(currentWord(lexer, frame), character);
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
  if (next !== undefined) addCharacter(currentWord(lexer, frame), next);
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
  if (frame.command.words.length > 0 || frame.command.inner.length > 0 || frame.pipeline.length === 0) {
    endPipeline(lexer, frame);
  }
}

function takeRedirection(lexer: Lexer, frame: CodeFrame, character: string): true {
  if (peek(lexer, 1) === "(" && !frame.inTest) {
    addCharacter(currentWord(lexer, frame), "$");
    take(lexer, 2);
    openFrame(lexer, codeFrame(")"));
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
  if (frame.inTest) endWord(lexer, frame);
  else if (frame.word && /[=?*+@!]/.test(frame.word.last) && !isNegation(frame)) openList(frame, lexer);
  else if (isPattern(frame)) endWord(lexer, frame);
  else if (!frame.word && startsArithmetic(frame) && isArithmeticAt(lexer, 0)) {
    take(lexer, 2);
    openFrame(lexer, { kind: "arithmetic", closer: "))", depth: 0, counting: "" });
    return true;
  } else {
    endWord(lexer, frame);
    // `release ()`: not what the commands inside belong to.
    if (frame.command.words.length > 0) endPipeline(lexer, frame);
    frame.parentheses.push("group");
    openGroup(frame);
  }
  return take(lexer);
}

/** `a=(…)`, or a pattern such as `@(…)`. */
function openList(frame: CodeFrame, { maps }: Lexer): void {
  // A list in a list is none; to look at its word each time takes the square.
  const isInner = frame.parentheses.at(-1) === "list";
  frame.parentheses.push("list");
  if (isInner || frame.word?.last !== "=") {
    frame.list = "pattern";
    return;
  }
  const [declaring, ...given] = frame.command.words.slice(0, 3);
  const name = frame.word.text.replace(/\W.*$/s, "");
  if (declaring && isDeclaring(declaring.text) && given.some(({ text }) => isMapOption(text))) maps.add(name);
  frame.list = maps.has(name) ? "map" : "array";
  // An element's `[` may follow.
  frame.word.shape = "empty";
}

/** `!(…)` where a command starts: no pattern, but a subshell whose status is turned round. */
function isNegation(frame: CodeFrame): boolean {
  return frame.word?.text === "!" && !frame.word.quoted && frame.command.words.length === 0 && !isPattern(frame);
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
    closeFrame(lexer);
    deliver(lexer, frame.into, frame.ended);
  }
  return take(lexer);
}

function isPattern(frame: CodeFrame): boolean {
  const open = frame.cases.at(-1);
  return open?.phase === "pattern" && open.parentheses === frame.parentheses.length;
}
