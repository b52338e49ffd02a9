import { assertNever } from "../assert-never.ts";
import type { Commands } from "../model/pipeline.ts";
import { endCommand, stepCode } from "./code.ts";
import { codeFrame, type Frame } from "./frames.ts";
import { openHeredocBody, stepHeredoc } from "./heredoc.ts";
import { createInserter, type ScriptVariable } from "./insert-reference.ts";
import { type Lexer, take, type Unit } from "./lexer.ts";
import { stepArithmetic, stepParameter } from "./parameter.ts";
import type { ShellProblem } from "./problem.ts";
import { stepAnsi, stepDouble, stepSingle } from "./quotes.ts";
import type { Shell } from "./shell-of.ts";

/** Commands in which every reference is a shell variable. */
export interface RewrittenCommands {
  /** The script with shell variables where references stood. */
  readonly text: string;
  readonly variables: readonly ScriptVariable[];
  /** References that no variable can stand for safely; not empty means that `text` must not be run. */
  readonly problems: readonly ShellProblem[];
}

/**
 * Writes each reference of a script as a shell variable in the quoting of its place: `make A=${outputs.a.k}` becomes
 * `make A="${SLUICE_1}"`. The shell expands variables after it has parsed the script and never parses what comes out,
 * so a value cannot become code, even where this lexer were mistaken about the quoting; there it would only be cut
 * into words or shown as text. What would parse it after all (arithmetic, `eval`, `sh -c`) is guarded or a problem.
 */
export function rewriteCommands(commands: Commands, shell: Shell): RewrittenCommands {
  if (commands.parts.every((part) => typeof part === "string")) {
    return { text: commands.parts.join(""), variables: [], problems: [] };
  }
  if (shell.dialect === undefined) return keepCommands(commands, shell);
  const inserter = createInserter(shell.dialect);
  const lexer: Lexer = {
    units: commands.parts.flatMap((part): readonly Unit[] => (typeof part === "string" ? part.split("") : [part])),
    at: 0,
    frames: [codeFrame(undefined)],
    heredocs: [],
    closing: undefined,
    text: "",
    problems: [],
  };
  while (lexer.at < lexer.units.length) {
    if (closeRegion(lexer)) continue;
    const unit = lexer.units[lexer.at];
    if (typeof unit === "object") inserter.insert(lexer, unit);
    else if (unit !== undefined) stepForward(lexer, unit);
  }
  for (const frame of lexer.frames) if (frame.kind === "code") endCommand(lexer, frame);
  return { text: lexer.text, variables: inserter.variables, problems: lexer.problems };
}

/** Takes one step; where there is nothing to do, the character is copied, so lexing always ends. */
function stepForward(lexer: Lexer, character: string): void {
  const frame = lexer.frames.at(-1);
  if (!frame || !step(lexer, frame, character)) take(lexer);
}

function step(lexer: Lexer, frame: Frame, character: string): boolean {
  switch (frame.kind) {
    case "code":
      return stepCode(lexer, frame, character);
    case "single":
      return stepSingle(lexer, character);
    case "ansi":
      return stepAnsi(lexer, character);
    case "double":
      return stepDouble(lexer, character, frame.closer);
    case "parameter":
      return stepParameter(lexer, frame, character);
    case "arithmetic":
      return stepArithmetic(lexer, frame, character);
    case "heredoc":
      return stepHeredoc(lexer, frame, character);
    case "comment":
      if (character !== "\n") return take(lexer);
      lexer.frames.pop();
      return true;
    default:
      return assertNever(frame);
  }
}

/** Closes the outermost region that ends here, and with it everything that was left open inside. */
function closeRegion(lexer: Lexer): boolean {
  const index = lexer.frames.findIndex((frame) => lexer.at >= (regionOf(frame)?.end ?? Number.POSITIVE_INFINITY));
  const frame = lexer.frames[index];
  const region = frame && regionOf(frame);
  if (!frame || !region) return false;
  for (const open of lexer.frames.splice(index)) if (open.kind === "code") endCommand(lexer, open);
  take(lexer, Math.max(0, region.resume - lexer.at));
  if (frame.kind === "heredoc") openHeredocBody(lexer);
  return true;
}

function regionOf(frame: Frame): { readonly end: number; readonly resume: number } | undefined {
  return frame.kind === "heredoc" || frame.kind === "code" ? frame.region : undefined;
}

/** Commands for a program whose syntax is not known: kept as they are, and references in them are problems. */
function keepCommands(commands: Commands, shell: Shell): RewrittenCommands {
  const reader = shell.argv.join(" ");
  return {
    text: commands.parts.map((part) => (typeof part === "string" ? part : part.text)).join(""),
    variables: [],
    problems: commands.parts.flatMap((part): readonly ShellProblem[] =>
      typeof part === "string"
        ? []
        : [
            {
              code: "lower/reference-in-other-shell",
              reference: part,
              reader,
              help: `Make it a param, for example "value: ${part.text}", and read the environment variable ACTION_VALUE.`,
            },
          ],
    ),
  };
}
