import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** PHP and Composer. Source: PHP manual, "Predefined Constants" of error handling; Composer, "Troubleshooting". */
export const php: PatternFamily = [
  { kind: "compile", weight: WEIGHTS.source, line: /^(?:PHP )?Parse error: / },
  { kind: "exception", weight: WEIGHTS.program, line: /^(?:PHP )?Fatal error: /, after: 2 },
  {
    kind: "dependency",
    weight: WEIGHTS.tool,
    line: /^\s*Your requirements could not be resolved to an installable set|^\s*Your lock file does not contain a compatible set/,
    after: 5,
  },
];
