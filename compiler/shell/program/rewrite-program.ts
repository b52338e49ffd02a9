import { createVariables, type ScriptVariable } from "../insert-reference.ts";
import type { Unit } from "../lexer.ts";
import type { ShellProblem } from "../problem.ts";
import type { ProgramLanguage } from "../shell-of.ts";
import { textOf } from "./calls.ts";
import { javascriptCalls, rewriteJavaScript } from "./javascript.ts";
import type { ProgramText } from "./program-text.ts";
import { pythonCalls, rewritePython } from "./python.ts";

/** A program in which every reference is a variable of its language. */
interface RewrittenProgram {
  readonly text: string;
  readonly variables: readonly ScriptVariable[];
  readonly problems: readonly ShellProblem[];
}

/**
 * Writes each reference of a program as a variable that is set before the program starts. Nothing but names of variables
 * is put in, so a value cannot become code, even where this lexer were mistaken about the place.
 */
export function rewriteProgram(units: readonly Unit[], language: ProgramLanguage): RewrittenProgram {
  const { variableFor, variables } = createVariables((n) => `SLUICE_${n}`);
  const rules = (language === "python" ? pythonCalls : javascriptCalls)(textOf(units));
  const program: ProgramText = { units, at: 0, text: "", tail: "", rules, calls: [], problems: [], variableFor };
  if (language === "python") rewritePython(program);
  else rewriteJavaScript(program);
  return { text: program.text, variables, problems: program.problems };
}
