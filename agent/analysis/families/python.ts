import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** A traceback ends with the exception, the first line that is not indented. Source: Python, `traceback`. */
export const python: PatternFamily = [
  {
    kind: "exception",
    weight: WEIGHTS.program,
    line: /^\s*(?:\+ Exception Group )?Traceback \(most recent call last\):/,
    ends: /^[A-Za-z_]/,
    after: 2,
  },
  { kind: "compile", weight: WEIGHTS.tool, line: /^(?:SyntaxError|IndentationError|TabError): /, before: 2 },
  { kind: "dependency", weight: WEIGHTS.program, line: /^(?:ModuleNotFoundError|ImportError): / },
  { kind: "missing-file", weight: WEIGHTS.command, line: /^\S*python[\d.]*: can't open file / },
  { kind: "dependency", weight: WEIGHTS.command, line: /^\S*python[\d.]*: No module named / },
  {
    kind: "tool",
    weight: WEIGHTS.consequence,
    line: /^nox > .*(?:failed|exit code)|^\s*\S+: (?:FAIL|exit) (?:✖|code \d|\d)/,
  },
];
