import { checkCommand } from "./check-command.ts";
import { type CodeFrame, type Command, newCommand, type Word } from "./frames.ts";
import type { Lexer } from "./lexer.ts";
import { nameIn } from "./numbers.ts";

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
const GROUP_STARTS: ReadonlySet<string> = new Set(["{", "if", "while", "until", "for", "select", "case"]);
const GROUP_ENDS: ReadonlySet<string> = new Set(["}", "fi", "done", "esac"]);

/** Ends the word that is being read, if there is one, and acts on reserved words. */
export function endWord(lexer: Lexer, frame: CodeFrame): void {
  const { command, redirection, word } = frame;
  frame.word = undefined;
  if (!word) return;
  word.end = lexer.at;
  frame.redirection = "none";
  if (redirection === "here-string") for (const reference of word.references) command.fed.push(reference);
  if (redirection !== "none" || frame.parentheses.at(-1) === "list") return;
  const open = frame.cases.at(-1);
  if (open?.phase === "subject") {
    open.phase = "in";
    const name = nameIn(word);
    if (name !== undefined) lexer.numbers.checked.add(name);
  } else if (open?.phase === "in") open.phase = "pattern";
  else if (word.quoted || command.words.length > 0) endArgument(frame, word);
  else endFirstWord(frame, word);
}

function endArgument(frame: CodeFrame, word: Word): void {
  const { words } = frame.command;
  if (frame.inTest && !word.quoted && word.text === "]]") frame.inTest = false;
  // `function release {` on one line.
  const isBody = words.length === 2 && words[0]?.text === "function" && word.text === "{" && !word.quoted;
  if (isBody) {
    words.length = 0;
    openGroup(frame);
  } else words.push(word);
}

function endFirstWord(frame: CodeFrame, word: Word): void {
  if (GROUP_STARTS.has(word.text)) openGroup(frame);
  if (GROUP_ENDS.has(word.text)) closeGroup(frame);
  if (word.text === "case") frame.cases.push({ phase: "subject", parentheses: frame.parentheses.length });
  else if (word.text === "esac") frame.cases.pop();
  else if (!BEFORE_COMMANDS.has(word.text)) {
    if (word.text === "[[") frame.inTest = true;
    frame.command.words.push(word);
  }
}

/** Remembers where a group starts. */
export function openGroup(frame: CodeFrame): void {
  frame.groups.push({ ended: frame.ended.length, pipeline: frame.pipeline });
  frame.pipeline = [];
}

/** The command that is being read stands for the group that ends. */
export function closeGroup(frame: CodeFrame): void {
  const { command, ended } = frame;
  const group = frame.groups.pop();
  if (!group) return;
  frame.pipeline = group.pipeline;
  for (const inner of ended.splice(group.ended)) command.inner.push(inner);
}

/** Ends the simple command that is being read and judges its words. */
export function endCommand(lexer: Lexer, frame: CodeFrame): void {
  endWord(lexer, frame);
  const { command } = frame;
  frame.redirection = "none";
  // What a heredoc is for is told when its body was read.
  if (isEmpty(command) && frame.heredocs.length === 0) return;
  frame.command = newCommand();
  frame.pipeline.push(command);
  frame.ended.push(command);
  checkCommand(command.words, lexer);
}

function isEmpty({ fed, inner, words }: Command): boolean {
  return words.length === 0 && fed.length === 0 && inner.length === 0;
}

/** Ends the commands that are joined by "|". */
export function endPipeline(lexer: Lexer, frame: CodeFrame): void {
  endCommand(lexer, frame);
  if (frame.pipeline.length === 0) return;
  lexer.pipelines.push(frame.pipeline);
  frame.pipeline = [];
}
