import { assertNever } from "../assert-never.ts";
import type { Commands } from "../model/pipeline.ts";
import { checkPipelines } from "./check-pipelines.ts";
import { stepCode } from "./code.ts";
import { endPipeline } from "./commands.ts";
import { codeFrame, type Frame } from "./frames.ts";
import { openHeredocBody, stepHeredoc } from "./heredoc.ts";
import { createInserter, type Inserter, type ScriptVariable } from "./insert-reference.ts";
import { finalText, innermost, type Lexer, type Rewritten, take, type Unit } from "./lexer.ts";
import { stepArithmetic, stepParameter } from "./parameter.ts";
import { printedBy } from "./printed.ts";
import type { ShellProblem } from "./problem.ts";
import { rewriteProgram } from "./program/rewrite-program.ts";
import { stepAnsi, stepDouble, stepSingle } from "./quotes.ts";
import type { ProgramLanguage, Shell } from "./shell-of.ts";

/** Commands in which every reference is a shell variable. */
export interface RewrittenCommands {
  /** The script with shell variables where references stood. */
  readonly text: string;
  readonly variables: readonly ScriptVariable[];
  /** References that no variable can stand for safely; not empty means that `text` must not be run. */
  readonly problems: readonly ShellProblem[];
  /** Where it is no script of a shell: the language whose variables stand for references. */
  readonly language?: ProgramLanguage;
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
  const units = commands.parts.flatMap((part): readonly Unit[] => (typeof part === "string" ? part.split("") : [part]));
  if (shell.language) return { ...rewriteProgram(units, shell.language), language: shell.language };
  if (shell.dialect === undefined) return keepCommands(commands, shell);
  const inserter = createInserter(shell.dialect);
  const problems: ShellProblem[] = [];
  return { text: rewriteUnits(units, inserter, problems).text, variables: inserter.variables, problems };
}

/** Rewrites one text that a shell reads; `problems` gets what is found. */
function rewriteUnits(units: readonly Unit[], inserter: Inserter, problems: ShellProblem[]): Rewritten {
  const script = codeFrame(undefined);
  const lexer: Lexer = {
    units,
    at: 0,
    frames: [script],
    closing: undefined,
    text: "",
    patches: [],
    pipelines: [],
    problems,
    rewriteInner: (inner) => rewriteUnits(inner, inserter, problems),
    rewriteWith: rewriteUnits,
    integers: new Set(),
  };
  for (let unit = units[lexer.at]; unit !== undefined; unit = units[lexer.at]) {
    if (closeHeredoc(lexer)) continue;
    if (typeof unit === "object") inserter.insert(lexer, unit);
    else step(lexer, innermost(lexer), unit);
  }
  for (const frame of lexer.frames) if (frame.kind === "code") endPipeline(lexer, frame);
  problems.push(...checkPipelines(lexer.pipelines));
  return { text: finalText(lexer), printed: script.ended.flatMap(printedBy) };
}

function step(lexer: Lexer, frame: Frame, character: string): true {
  switch (frame.kind) {
    case "code":
      return stepCode(lexer, frame, character);
    case "single":
      return stepSingle(lexer, character);
    case "ansi":
      return stepAnsi(lexer, character);
    case "double":
      return stepDouble(lexer, character);
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
    /* v8 ignore next -- @preserve */
    default:
      return assertNever(frame);
  }
}

/** Closes the outermost heredoc that ends here, and with it everything that was left open inside. */
function closeHeredoc(lexer: Lexer): boolean {
  const index = lexer.frames.findIndex((frame) => frame.kind === "heredoc" && lexer.at >= frame.end);
  const frame = lexer.frames[index];
  if (frame?.kind !== "heredoc") return false;
  for (const open of lexer.frames.splice(index)) if (open.kind === "code") endPipeline(lexer, open);
  take(lexer, Math.max(0, frame.resume - lexer.at));
  openHeredocBody(lexer, frame.owner);
  return true;
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
