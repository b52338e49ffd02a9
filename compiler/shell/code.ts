import { checkCommand } from "./code-taking.ts";
import { isArithmeticAt, openBackticks, openDollar } from "./expansions.ts";
import { type CodeFrame, codeFrame } from "./frames.ts";
import { openHeredoc, openHeredocBody } from "./heredoc.ts";
import { currentWord, isReferenceAt, type Lexer, peek, take } from "./lexer.ts";

/** Reserved words after which a command starts. */
const BEFORE_COMMANDS: ReadonlySet<string> = new Set([
  "if",
  "then",
  "elif",
  "else",
  "do",
  "while",
  "until",
  "{",
  "!",
  "time",
]);

/** Text in which commands, words and operators are told apart. */
export function stepCode(lexer: Lexer, frame: CodeFrame, character: string): boolean {
  switch (character) {
    case "\\":
      return takeEscape(lexer, frame);
    case "'":
      currentWord(frame).quoted = true;
      lexer.frames.push({ kind: "single" });
      return take(lexer);
    case '"':
      currentWord(frame).quoted = true;
      lexer.frames.push({ kind: "double", closer: '"' });
      return take(lexer);
    case "$":
      currentWord(frame);
      return openDollar(lexer, false);
    case "`":
      currentWord(frame);
      return openBackticks(lexer, 0, false);
    case "#":
      if (frame.word) break;
      lexer.frames.push({ kind: "comment" });
      return true;
    case "\n":
      endCommand(lexer, frame);
      frame.inTest = false;
      take(lexer);
      openHeredocBody(lexer);
      return true;
    case " ":
    case "\t":
    case "\r":
      endWord(frame);
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
  currentWord(frame).text += character;
  return take(lexer);
}

function takeEscape(lexer: Lexer, frame: CodeFrame): boolean {
  const next = peek(lexer, 1);
  if (next === "\n") return take(lexer, 2);
  currentWord(frame).quoted = true;
  if (isReferenceAt(lexer, 1)) {
    // The value is quoted as a whole, so there is nothing left to escape.
    lexer.at += 1;
    return true;
  }
  if (next === '"' && frame.backticksInQuotes) {
    lexer.frames.push({ kind: "double", closer: '\\"' });
    return take(lexer, 2);
  }
  let escapes = 0;
  while (peek(lexer, escapes) === "\\") escapes++;
  if (openBackticks(lexer, escapes, false)) return true;
  currentWord(frame).text += next ?? "";
  return take(lexer, next === undefined ? 1 : 2);
}

function takeOperator(lexer: Lexer, frame: CodeFrame, character: string): boolean {
  const next = peek(lexer, 1);
  const isList = frame.parentheses.at(-1) === "list";
  if (frame.inTest || isList || (character === "&" && next === ">")) endWord(frame);
  else endCommand(lexer, frame);
  const open = frame.cases.at(-1);
  if (character === ";" && (next === ";" || next === "&") && open && open.parentheses === frame.parentheses.length) {
    open.phase = "pattern";
    return take(lexer, 2);
  }
  return take(lexer);
}

function takeRedirection(lexer: Lexer, frame: CodeFrame, character: string): boolean {
  if (peek(lexer, 1) === "(" && !frame.inTest) {
    currentWord(frame).text += "$";
    take(lexer, 2);
    lexer.frames.push(codeFrame(")"));
    return true;
  }
  // The digit of `2>` is part of the redirection, no argument.
  if (frame.word && /^\d+$/.test(frame.word.text) && !frame.word.quoted) frame.word = undefined;
  endWord(frame);
  if (frame.inTest) return take(lexer);
  if (character === "<" && peek(lexer, 1) === "<" && peek(lexer, 2) !== "<") return openHeredoc(lexer, frame);
  let length = 1;
  while (length < 3 && "<>&|".includes(peek(lexer, length) ?? " ")) length++;
  frame.isRedirection = true;
  return take(lexer, length);
}

function openParenthesis(lexer: Lexer, frame: CodeFrame): boolean {
  const word = frame.word?.text ?? "";
  if (frame.inTest) endWord(frame);
  else if (word.endsWith("=") || /[?*+@!]$/.test(word)) frame.parentheses.push("list");
  else if (isPattern(frame)) endWord(frame);
  else if (!frame.word && frame.words.length === 0 && isArithmeticAt(lexer, 0)) {
    take(lexer, 2);
    lexer.frames.push({ kind: "arithmetic", closer: "))", depth: 0 });
    return true;
  } else {
    endCommand(lexer, frame);
    frame.parentheses.push("group");
  }
  return take(lexer);
}

function closeParenthesis(lexer: Lexer, frame: CodeFrame): boolean {
  const open = frame.cases.at(-1);
  if (frame.inTest) endWord(frame);
  else if (open && isPattern(frame)) {
    endWord(frame);
    frame.words = [];
    open.phase = "body";
  } else if (frame.parentheses.length > 0) {
    if (frame.parentheses.pop() === "list") endWord(frame);
    else endCommand(lexer, frame);
  } else if (frame.closer === ")") {
    endCommand(lexer, frame);
    lexer.frames.pop();
  }
  return take(lexer);
}

function isPattern(frame: CodeFrame): boolean {
  const open = frame.cases.at(-1);
  return open?.phase === "pattern" && open.parentheses === frame.parentheses.length;
}

/** Ends the word that is being read, if there is one, and acts on reserved words. */
function endWord(frame: CodeFrame): void {
  const { word } = frame;
  frame.word = undefined;
  if (!word) return;
  if (frame.isRedirection) {
    frame.isRedirection = false;
    return;
  }
  const open = frame.cases.at(-1);
  const reserved = word.quoted || frame.words.length > 0 ? undefined : word.text;
  if (open?.phase === "subject") open.phase = "in";
  else if (open?.phase === "in") open.phase = "pattern";
  else if (reserved === "case") frame.cases.push({ phase: "subject", parentheses: frame.parentheses.length });
  else if (reserved === "esac" && open) frame.cases.pop();
  else if (reserved === undefined || !BEFORE_COMMANDS.has(reserved)) {
    if (reserved === "[[") frame.inTest = true;
    if (frame.inTest && word.text === "]]") frame.inTest = false;
    frame.words.push(word);
  }
}

/** Ends the simple command that is being read and judges its words. */
export function endCommand(lexer: Lexer, frame: CodeFrame): void {
  endWord(frame);
  frame.isRedirection = false;
  const words = frame.words;
  frame.words = [];
  lexer.problems.push(...checkCommand(words));
}
