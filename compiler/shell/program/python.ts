import type { CommandReference } from "../../model/pipeline.ts";
import {
  copy,
  copyTo,
  insertInCode,
  isAt,
  type ProgramText,
  peek,
  reportCode,
  reportRiskyCall,
  takeBracket,
  variableOf,
  write,
} from "./program-text.ts";

const CODE_TAKERS = /^(eval|exec|compile|(.*\.)?(system|popen|getoutput|getstatusoutput|create_subprocess_shell))$/;
const STARTERS = /^(.*\.)?(run|call|check_call|check_output|Popen)$/;
const CALL_HELP = 'Hand it over as an argument: subprocess.run(["make", <reference>], check=True).';

/**
 * Writes references in a Python program (3.6 and later): a variable where code stands, `{SLUICE_1}` in a text, which
 * becomes an f-string. So a text stays one literal, beside others and behind any operator.
 */
export function rewritePython(program: ProgramText): void {
  while (program.at < program.units.length) stepCode(program);
}

function stepCode(program: ProgramText): void {
  const unit = program.units[program.at];
  if (typeof unit === "object") {
    reportRiskyCall(program, [unit], isRisky, CALL_HELP);
    insertInCode(program, unit);
  } else if (unit === "#") copyTo(program, "\n", false);
  else if (unit === '"' || unit === "'") stepString(program, unit);
  else if (unit !== undefined && "()[]{}".includes(unit)) takeBracket(program, unit);
  else copy(program);
}

function isRisky(callee: string, given: () => string): boolean {
  return CODE_TAKERS.test(callee) || (STARTERS.test(callee) && /\bshell\s*=\s*True\b/.test(given()));
}

function stepString(program: ProgramText, quote: string): void {
  const prefix = prefixOf(program.tail);
  const closer = isAt(program, quote.repeat(3)) ? quote.repeat(3) : quote;
  if (/[ft]/i.test(prefix)) {
    copy(program, closer.length);
    stepFormatted(program, closer, /r/i.test(prefix));
    return;
  }
  const end = findEnd(program, closer);
  const references = program.units.slice(program.at, end).filter((unit) => typeof unit === "object");
  if (references.length === 0) {
    copy(program, end - program.at);
    return;
  }
  reportRiskyCall(program, references, isRisky, CALL_HELP);
  if (/b/i.test(prefix)) {
    for (const reference of references) {
      reportCode(program, reference, "bytes", "Write the text without the b and encode it: (…).encode().");
    }
  }
  const isRaw = /r/i.test(prefix);
  program.text = program.text.slice(0, program.text.length - prefix.length);
  write(program, isRaw ? "fr" : "f");
  copy(program, closer.length);
  while (program.at < end - closer.length) stepText(program, isRaw, true);
  copy(program, end - program.at);
}

/** The letters before a quote that belong to it, and are not the end of a name. */
function prefixOf(tail: string): string {
  const letters = tail.replace(/^.*\W/s, "");
  return /^[rbuft]{1,2}$/i.test(letters) ? letters : "";
}

/** Index behind the closing quotes; a text that is not closed ends with its line. */
function findEnd({ at, units }: ProgramText, closer: string): number {
  for (let index = at + closer.length; index < units.length; index++) {
    if (units[index] === "\\") index++;
    else if (units[index] === "\n" && closer.length === 1) return index;
    else if ([...closer].every((quote, offset) => units[index + offset] === quote)) return index + closer.length;
  }
  return units.length;
}

/** One character or reference of a text; `masks`: it becomes an f-string, in which braces mean something. */
function stepText(program: ProgramText, isRaw: boolean, masks: boolean): void {
  const unit = program.units[program.at];
  if (typeof unit === "object") {
    write(program, `{${variableOf(program, unit)}}`);
    program.at++;
  } else if (unit === "\\" && !isRaw) {
    if (isAt(program, "N{", 1)) copyTo(program, "}", true);
    else if (peek(program, 1) === undefined) {
      // Before a reference the backslash belongs to the text.
      write(program, "\\\\");
      program.at++;
    } else copy(program, 2);
  } else {
    if (masks && (unit === "{" || unit === "}")) write(program, unit);
    copy(program);
  }
}

/** The rest of an f-string, up to `closer`. */
function stepFormatted(program: ProgramText, closer: string, isRaw: boolean): void {
  while (program.at < program.units.length) {
    const unit = program.units[program.at];
    if (isAt(program, closer)) {
      copy(program, closer.length);
      return;
    }
    if (unit === "\n" && closer.length === 1) return;
    if (isAt(program, "{{") || isAt(program, "}}")) copy(program, 2);
    else if (unit === "{") stepReplacement(program);
    else {
      if (typeof unit === "object") reportRiskyCall(program, [unit], isRisky, CALL_HELP);
      stepText(program, isRaw, false);
    }
  }
}

/** `{expression!r:format}` in an f-string; the format may hold further ones. */
function stepReplacement(program: ProgramText): void {
  const depth = program.calls.length;
  takeBracket(program, "{");
  let isFormat = false;
  while (program.at < program.units.length && program.calls.length > depth) {
    const unit: string | CommandReference | undefined = program.units[program.at];
    if (unit === ":" && program.calls.length === depth + 1) isFormat = true;
    if (isFormat && unit === "{") stepReplacement(program);
    else if (isFormat && unit !== "}") stepText(program, false, false);
    else stepCode(program);
  }
}
