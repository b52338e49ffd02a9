import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** What Node.js prints at the end of a process: the place, then the error. Source: Node.js, "Errors". */
export const node: PatternFamily = [
  {
    kind: "dependency",
    weight: WEIGHTS.tool,
    line: /^(?:Uncaught )?Error(?: \[ERR_MODULE_NOT_FOUND\])?: Cannot find (?:module|package) /,
    after: 2,
  },
  { kind: "missing-file", weight: WEIGHTS.program, line: /^(?:Uncaught )?Error: ENOENT: /, after: 1 },
  { kind: "compile", weight: WEIGHTS.tool, line: /^SyntaxError: /, before: 2 },
  { kind: "exception", weight: WEIGHTS.program, line: /^\[?(?:Uncaught )?[A-Z]\w*Error(?: \[\w+\])?: \S/, after: 2 },
  { kind: "exception", weight: WEIGHTS.program, line: /^(?:Uncaught )?Error(?: \[\w+\])?: \D/, after: 2 },
  { kind: "exception", weight: WEIGHTS.command, line: /^\s*\[cause\]: \w*Error: /, after: 1 },
  { kind: "exception", weight: WEIGHTS.command, line: /^node: bad option: / },
];
