import {
  copy,
  copyTo,
  insertInCode,
  isAt,
  type ProgramText,
  peek,
  reportCode,
  reportRiskyCall,
  significantTail,
  takeBracket,
  variableOf,
  write,
} from "./program-text.ts";

const CODE_TAKERS = /^(eval|Function|(.*\.)?(execSync|runIn\w*Context)|((child_process|childProcess|cp)\.)?exec)$/;
const STARTERS = /^(.*\.)?(spawn|spawnSync|execFile|execFileSync)$/;
const CALL_HELP = 'Hand it over as an argument: execFileSync("make", [<reference>]).';
const REGEXP_HELP = "Make the expression of a text: new RegExp(<reference>).";
const IMPORT_HELP = "Load it with import(<reference>).";
/** Words after which a slash starts a regular expression, no division. */
const BEFORE_EXPRESSIONS = /(^|[^\w$.])(return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield)$/;

/**
 * Writes references in a program of Node.js: a variable where code stands, `("…" + SLUICE_1 + "…")` in a text,
 * `${SLUICE_1}` in a template.
 */
export function rewriteJavaScript(program: ProgramText): void {
  while (program.at < program.units.length) stepCode(program);
}

function stepCode(program: ProgramText): void {
  const unit = program.units[program.at];
  if (typeof unit === "object") {
    reportRiskyCall(program, [unit], isRisky, CALL_HELP);
    insertInCode(program, unit);
  } else if (isAt(program, "//") || (program.at === 0 && isAt(program, "#!"))) copyTo(program, "\n", false);
  else if (isAt(program, "/*")) copyTo(program, "*/", true);
  else if (unit === "/" && startsExpression(program)) stepRegExp(program);
  else if (unit === '"' || unit === "'") stepString(program, unit);
  else if (unit === "`") stepTemplate(program);
  else if (unit !== undefined && "()[]{}".includes(unit)) takeBracket(program, unit);
  else copy(program);
}

function isRisky(callee: string, given: () => string): boolean {
  return CODE_TAKERS.test(callee) || (STARTERS.test(callee) && /\bshell\s*:\s*(true|["'`])/.test(given()));
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
  reportRiskyCall(program, references, isRisky, CALL_HELP);
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
  const next = units.slice(end).find((unit) => typeof unit === "object" || unit.trim() !== "");
  return /[{,]$/.test(before) && next === ":";
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

function stepTemplate(program: ProgramText): void {
  copy(program);
  while (program.at < program.units.length) {
    const unit = program.units[program.at];
    if (unit === "`") {
      copy(program);
      return;
    }
    if (isAt(program, "${")) stepExpression(program);
    else {
      if (typeof unit === "object") reportRiskyCall(program, [unit], isRisky, CALL_HELP);
      stepText(program, (name) => `\${${name}}`);
    }
  }
}

/** `${…}` in a template. */
function stepExpression(program: ProgramText): void {
  const depth = program.calls.length;
  copy(program);
  takeBracket(program, "{");
  while (program.at < program.units.length && program.calls.length > depth) stepCode(program);
}
