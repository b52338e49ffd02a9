import { type CallRules, reportRiskyCall, takeBracket, takeComma } from "./calls.ts";
import {
  copy,
  copyTo,
  insertInCode,
  isAt,
  type ProgramText,
  peek,
  reportCode,
  variableOf,
  write,
} from "./program-text.ts";

const CODE_TAKERS = /^(eval|exec|compile|(.*\.)?(system|popen|getoutput|getstatusoutput|create_subprocess_shell))$/;
const STARTERS = /^(.*\.)?(run|call|check_call|check_output|Popen)$/;
/** `from os import system as run, popen`, also in brackets. */
const IMPORT = /\bfrom\s+(?:os|subprocess|asyncio)\s+import\s+(?:\(([^()]*)\)|([^\n;#]*))/g;
/** `run = os.system`. */
const ALIAS = /\b([A-Za-z_]\w*)[ \t]*=[ \t]*((?:os|subprocess|asyncio)\.\w+)[ \t]*(?=[\n;#]|$)/g;

/** Calls that run code or a shell, by the names that a program gives them. */
export function pythonCalls(text: string): CallRules {
  const takers = new Set<string>();
  const starters = new Set<string>();
  const add = (own: string, alias: string) => {
    if (CODE_TAKERS.test(own)) takers.add(alias);
    if (STARTERS.test(own)) starters.add(alias);
  };
  for (const [, inBrackets, others = ""] of text.matchAll(IMPORT)) {
    for (const member of (inBrackets ?? others).split(",")) {
      const [own = "", alias = own] = member.trim().split(/\s+as\s+/);
      add(own, alias);
    }
  }
  for (const [, alias = "", own = ""] of text.matchAll(ALIAS)) add(own, alias);
  return {
    codeTakers: { pattern: CODE_TAKERS, aliases: takers },
    starters: { pattern: STARTERS, aliases: starters },
    shellOption: /\bshell\s*=\s*(True|[1-9])\b/g,
    help: 'Hand it over as an argument: subprocess.run(["make", <reference>], check=True).',
  };
}

/** Where the text of an f-string or the code in it is read; code outside needs no frame. */
type Frame =
  | { readonly kind: "formatted"; readonly closer: string; readonly isRaw: boolean }
  /** `{expression!r:format}`, until no more than `depth` brackets are open; the format may hold further ones. */
  | { readonly kind: "replacement"; readonly depth: number; isFormat: boolean };

/**
 * Writes references in a Python program (3.6 and later): a variable where code stands, `{SLUICE_1}` in a text, which
 * becomes an f-string. So a text stays one literal, beside others and behind any operator.
 */
export function rewritePython(program: ProgramText): void {
  const frames: Frame[] = [];
  while (program.at < program.units.length) {
    const frame = frames.at(-1);
    if (!frame) stepCode(program, frames);
    else if (frame.kind === "formatted") stepFormatted(program, frames, frame);
    else if (program.calls.length > frame.depth) stepReplacement(program, frames, frame);
    else frames.pop();
  }
}

function stepCode(program: ProgramText, frames: Frame[]): void {
  const unit = program.units[program.at];
  const prefix = prefixAt(program);
  const quote = peek(program, prefix.length);
  if (typeof unit === "object") {
    reportRiskyCall(program, [unit]);
    insertInCode(program, unit);
  } else if (unit === "#") copyTo(program, "\n", false);
  else if (quote === '"' || quote === "'") stepString(program, frames, prefix, quote);
  else if (unit !== undefined && "()[]{}".includes(unit)) takeBracket(program, unit);
  else if (unit === ",") takeComma(program);
  else copy(program);
}

/** The letters here that belong to the quote behind them, and are not the end of a name. */
function prefixAt(program: ProgramText): string {
  const [first = "", second = "", third = ""] = [peek(program), peek(program, 1), peek(program, 2)];
  if (!/[rbuft]/i.test(first) || /\w/.test(program.tail.at(-1) ?? "")) return "";
  return /^([rbuft]{1,2})["']/i.exec(first + second + third)?.[1] ?? "";
}

function stepString(program: ProgramText, frames: Frame[], prefix: string, quote: string): void {
  const closer = isAt(program, quote.repeat(3), prefix.length) ? quote.repeat(3) : quote;
  const isRaw = /r/i.test(prefix);
  if (/[ft]/i.test(prefix)) {
    copy(program, prefix.length + closer.length);
    frames.push({ kind: "formatted", closer, isRaw });
    return;
  }
  const end = findEnd(program, closer, program.at + prefix.length + closer.length);
  const references = program.units.slice(program.at, end).filter((unit) => typeof unit === "object");
  if (references.length === 0) {
    copy(program, end - program.at);
    return;
  }
  reportRiskyCall(program, references);
  if (/b/i.test(prefix)) {
    for (const reference of references) {
      reportCode(program, reference, "bytes", "Write the text without the b and encode it: (…).encode().");
    }
  }
  program.at += prefix.length;
  write(program, isRaw ? "fr" : "f");
  copy(program, closer.length);
  while (program.at < end - closer.length) stepText(program, isRaw, true);
  copy(program, end - program.at);
}

/** Index behind the closing quotes; a text that is not closed ends with its line. */
function findEnd({ units }: ProgramText, closer: string, start: number): number {
  const [quote] = closer;
  const isQuote = (index: number) => units[index] === quote;
  for (let index = start; index < units.length; index++) {
    if (units[index] === "\\") index++;
    else if (units[index] === "\n" && closer.length === 1) return index;
    else if (isQuote(index) && (closer.length === 1 || (isQuote(index + 1) && isQuote(index + 2)))) {
      return index + closer.length;
    }
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

function stepFormatted(program: ProgramText, frames: Frame[], { closer, isRaw }: Frame & { kind: "formatted" }): void {
  const unit = program.units[program.at];
  if (isAt(program, closer)) {
    copy(program, closer.length);
    frames.pop();
  } else if (unit === "\n" && closer.length === 1) frames.pop();
  else if (isAt(program, "{{") || isAt(program, "}}")) copy(program, 2);
  else if (unit === "{") openReplacement(program, frames);
  else {
    if (typeof unit === "object") reportRiskyCall(program, [unit]);
    stepText(program, isRaw, false);
  }
}

function openReplacement(program: ProgramText, frames: Frame[]): void {
  frames.push({ kind: "replacement", depth: program.calls.length, isFormat: false });
  takeBracket(program, "{");
}

function stepReplacement(program: ProgramText, frames: Frame[], frame: Frame & { kind: "replacement" }): void {
  const unit = program.units[program.at];
  if (unit === ":" && program.calls.length === frame.depth + 1) frame.isFormat = true;
  if (frame.isFormat && unit === "{") openReplacement(program, frames);
  else if (frame.isFormat && unit !== "}") stepText(program, false, false);
  else stepCode(program, frames);
}
