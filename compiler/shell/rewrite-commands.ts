import { assertNever } from "../assert-never.ts";
import type { Commands } from "../model/pipeline.ts";
import { checkPipelines } from "./check-pipelines.ts";
import { stepCode } from "./code.ts";
import { endPipeline } from "./commands.ts";
import { codeFrame, type Frame, type HeredocFrame } from "./frames.ts";
import { openHeredocBody, stepHeredoc } from "./heredoc.ts";
import { createInserter, type Inserter, type ScriptVariable } from "./insert-reference.ts";
import { closeFrame, finalText, innermost, type Lexer, type Rewritten, take, type Unit } from "./lexer.ts";
import { createNumbers, reportNumbers } from "./numbers.ts";
import { stepArithmetic, stepParameter } from "./parameter.ts";
import { createProblemCollector, type ProblemCollector, type ShellProblem } from "./problem.ts";
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
  const collector = createProblemCollector();
  const { text } = rewriteUnits(units, inserter, collector);
  return { text, variables: inserter.variables, problems: collector.problems };
}

/** Rewrites one text that a shell reads; `problems` gets what is found. */
function rewriteUnits(units: readonly Unit[], inserter: Inserter, problems: ProblemCollector): Rewritten {
  const script = codeFrame(undefined);
  const lexer: Lexer = {
    units,
    at: 0,
    frames: [script],
    judges: [undefined],
    scopes: [script],
    heredocs: [],
    arithmetic: undefined,
    lines: {},
    text: "",
    patches: [],
    pipelines: [],
    problems,
    rewriteInner: (inner) => rewriteUnits(inner, inserter, problems),
    rewriteWith: rewriteUnits,
    integers: new Set(),
    maps: new Set(),
    numbers: createNumbers(),
  };
  for (let unit = units[lexer.at]; unit !== undefined; unit = units[lexer.at]) {
    if (closeHeredoc(lexer)) continue;
    if (typeof unit === "object") inserter.insert(lexer, unit);
    else step(lexer, innermost(lexer), unit);
  }
  for (const frame of lexer.frames) if (frame.kind === "code") endPipeline(lexer, frame);
  checkPipelines(lexer.pipelines, problems);
  if (inserter.dialect === "bash") reportNumbers(lexer.numbers, problems);
  return { text: finalText(lexer), commands: script.ended };
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
      closeFrame(lexer);
      return true;
    /* v8 ignore next -- @preserve */
    default:
      return assertNever(frame);
  }
}

/** Closes the outermost heredoc that ends here, and with it everything that was left open inside. */
function closeHeredoc(lexer: Lexer): boolean {
  // One inside another ends no later than that.
  let ended: HeredocFrame | undefined;
  while (lexer.at >= (lexer.heredocs.at(-1)?.end ?? Number.POSITIVE_INFINITY)) {
    ended = lexer.heredocs.at(-1);
    let open: Frame;
    do {
      open = closeFrame(lexer);
      if (open.kind === "code") endPipeline(lexer, open);
    } while (open !== ended);
  }
  if (!ended) return false;
  take(lexer, Math.max(0, ended.resume - lexer.at));
  openHeredocBody(lexer, ended.owner);
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
