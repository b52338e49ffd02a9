import type { Unit } from "../lexer.ts";
import { type CallRules, reportRiskyCall, takeBracket, takeComma } from "./calls.ts";
import {
  copy,
  copyTo,
  insertInCode,
  isAt,
  type ProgramText,
  peek,
  reportCode,
  significantTail,
  variableOf,
  write,
} from "./program-text.ts";

const CODE_TAKERS =
  /^(eval|Function|(.*\.)?(execSync|runIn\w*Context)|((child_process|childProcess|cp)\.)?exec|(vm\.)?(Script|compileFunction|SourceTextModule))$/;
const STARTERS = /^(.*\.)?(spawn|spawnSync|execFile|execFileSync)$/;
/** `exec = promisify(…exec)`; what a program calls `child_process`; names that it takes from it. */
const PROMISED = /(?<![\w$])([\w$]+)\s*=\s*(?:util\.)?promisify\(\s*(?:[\w$]+\.)?exec\s*\)/g;
const MODULE =
  /(?:(?<![\w$])([\w$]+)|\{([^{}]*)\})\s*(?:=\s*(?:await\s+)?(?:require|import)\(|from)\s*["'](?:node:)?child_process["']/g;

/** Calls that run code or a shell, by the names that a program gives them. */
export function javascriptCalls(text: string): CallRules {
  const takers = new Set<string>();
  const starters = new Set<string>();
  for (const [, name = ""] of text.matchAll(PROMISED)) takers.add(name);
  for (const [, name, members = ""] of text.matchAll(MODULE)) {
    if (name !== undefined) takers.add(`${name}.exec`);
    for (const member of members.split(",")) {
      const [own = "", alias = own] = member.trim().split(/\s*:\s*|\s+as\s+/);
      if (CODE_TAKERS.test(own)) takers.add(alias);
      if (STARTERS.test(own)) starters.add(alias);
    }
  }
  return {
    codeTakers: { pattern: CODE_TAKERS, aliases: takers },
    starters: { pattern: STARTERS, aliases: starters },
    shellOption: /\bshell["']?\s*:\s*(true|["'`])/g,
    help: 'Hand it over as an argument: execFileSync("make", [<reference>]).',
  };
}

const REGEXP_HELP = "Make the expression of a text: new RegExp(<reference>).";
const IMPORT_HELP = "Load it with import(<reference>).";
/** Words after which a slash starts a regular expression, no division. */
const BEFORE_EXPRESSIONS = /(^|[^\w$.])(return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield)$/;

/** Where the text of a template or the code in it is read; code outside needs no frame. */
type Frame =
  | { readonly kind: "template" }
  /** `${…}`, until no more than `depth` brackets are open. */
  | { readonly kind: "expression"; readonly depth: number };

/**
 * Writes references in a program of Node.js: a variable where code stands, `("…" + SLUICE_1 + "…")` in a text,
 * `${SLUICE_1}` in a template.
 */
export function rewriteJavaScript(program: ProgramText): void {
  const frames: Frame[] = [];
  while (program.at < program.units.length) {
    const frame = frames.at(-1);
    if (frame?.kind === "template") stepTemplate(program, frames);
    else if (frame && program.calls.length <= frame.depth) frames.pop();
    else stepCode(program, frames);
  }
}

function stepCode(program: ProgramText, frames: Frame[]): void {
  const unit = program.units[program.at];
  if (typeof unit === "object") {
    reportRiskyCall(program, [unit]);
    insertInCode(program, unit);
  } else if (isAt(program, "//") || (program.at === 0 && isAt(program, "#!"))) copyTo(program, "\n", false);
  else if (isAt(program, "/*")) copyTo(program, "*/", true);
  else if (unit === "/" && startsExpression(program)) stepRegExp(program);
  else if (unit === '"' || unit === "'") stepString(program, unit);
  else if (unit === "`") {
    frames.push({ kind: "template" });
    copy(program);
  } else if (unit !== undefined && "()[]{}".includes(unit)) takeBracket(program, unit);
  else if (unit === ",") takeComma(program);
  else copy(program);
}

function startsExpression(program: ProgramText): boolean {
  const before = significantTail(program);
  return before === "" || /[([{,;:=!&|?+\-*%<>~^}]$/.test(before) || BEFORE_EXPRESSIONS.test(before);
}

function stepRegExp(program: ProgramText): void {
  let isClass = false;
  copy(program);
  for (let unit = program.units[program.at]; unit !== undefined && unit !== "\n"; unit = program.units[program.at]) {
    if (typeof unit === "object") reportCode(program, unit, "a regular expression", REGEXP_HELP);
    if (unit === "[") isClass = true;
    if (unit === "]") isClass = false;
    copy(program, unit === "\\" ? 2 : 1);
    if (unit === "/" && !isClass) return;
  }
}

function stepString(program: ProgramText, quote: string): void {
  const end = findEnd(program, quote);
  const references = program.units.slice(program.at, end).filter((unit) => typeof unit === "object");
  if (references.length === 0) {
    copy(program, end - program.at);
    return;
  }
  reportRiskyCall(program, references);
  const before = significantTail(program);
  if (/(^|[^\w$.])(from|import)$/.test(before)) {
    for (const reference of references) reportCode(program, reference, "import", IMPORT_HELP);
  }
  const [open, close] = isKey(program, before, end) ? ["[", "]"] : ["(", ")"];
  write(program, open);
  copy(program);
  while (program.at < end - 1) stepText(program, (name) => `${quote} + ${name} + ${quote}`);
  copy(program, end - program.at);
  write(program, close);
}

/** Whether the text is the key of an object. */
function isKey({ units }: ProgramText, before: string, end: number): boolean {
  const isBlank = (unit: Unit | undefined) => typeof unit === "string" && unit.trim() === "";
  let next = end;
  while (isBlank(units[next])) next++;
  return /[{,]$/.test(before) && units[next] === ":";
}

/** Index behind the closing quote; a text that is not closed ends with its line. */
function findEnd({ at, units }: ProgramText, quote: string): number {
  for (let index = at + 1; index < units.length; index++) {
    if (units[index] === "\\") index++;
    else if (units[index] === "\n") return index;
    else if (units[index] === quote) return index + 1;
  }
  return units.length;
}

/** One character or reference of a text or template. */
function stepText(program: ProgramText, join: (name: string) => string): void {
  const unit = program.units[program.at];
  if (typeof unit === "object") {
    write(program, join(variableOf(program, unit)));
    program.at++;
  } else if (unit === "\\" && peek(program, 1) === undefined) {
    // Before a reference the backslash belongs to the text.
    write(program, "\\\\");
    program.at++;
  } else copy(program, unit === "\\" ? 2 : 1);
}

function stepTemplate(program: ProgramText, frames: Frame[]): void {
  const unit = program.units[program.at];
  if (unit === "`") {
    copy(program);
    frames.pop();
  } else if (isAt(program, "${")) {
    copy(program);
    frames.push({ kind: "expression", depth: program.calls.length });
    takeBracket(program, "{");
  } else {
    if (typeof unit === "object") reportRiskyCall(program, [unit]);
    stepText(program, (name) => `\${${name}}`);
  }
}
