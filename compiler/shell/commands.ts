import { checkCommand } from "./check-command.ts";
import { type CodeFrame, newCommand, type Word } from "./frames.ts";
import type { Lexer } from "./lexer.ts";

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
  if (redirection === "here-string") command.fed.push(...word.references);
  if (redirection !== "none" || frame.parentheses.at(-1) === "list") return;
  const open = frame.cases.at(-1);
  if (open?.phase === "subject") open.phase = "in";
  else if (open?.phase === "in") open.phase = "pattern";
  else if (word.quoted || command.words.length > 0) endArgument(frame, word);
  else endFirstWord(frame, word);
}

function endArgument(frame: CodeFrame, word: Word): void {
  if (frame.inTest && !word.quoted && word.text === "]]") frame.inTest = false;
  frame.command.words.push(word);
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
export function openGroup({ ended, groups }: CodeFrame): void {
  groups.push(ended.length);
}

/** The command that is being read stands for the group that ends. */
export function closeGroup({ command, ended, groups }: CodeFrame): void {
  command.inner = ended.slice(groups.pop() ?? ended.length);
}

/** Ends the simple command that is being read and judges its words. */
export function endCommand(lexer: Lexer, frame: CodeFrame): void {
  endWord(lexer, frame);
  const { command } = frame;
  frame.redirection = "none";
  frame.command = newCommand();
  frame.pipeline.push(command);
  frame.ended.push(command);
  lexer.problems.push(...checkCommand(command.words, lexer));
}

/** Ends the commands that are joined by "|". */
export function endPipeline(lexer: Lexer, frame: CodeFrame): void {
  endCommand(lexer, frame);
  lexer.pipelines.push(frame.pipeline);
  frame.pipeline = [];
}
