import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** Perl ends with the message of `die` and its place. Source: perldoc, `die` and perldiag. */
export const perl: PatternFamily = [
  { kind: "dependency", weight: WEIGHTS.tool, line: /^Can't locate \S+ in @INC/ },
  { kind: "compile", weight: WEIGHTS.tool, line: /^syntax error at \S+ line \d+, near / },
  { kind: "exception", weight: WEIGHTS.command, line: /^\S.* at \S+ line \d+\.$/ },
];
