import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** rustc, cargo and the tests that cargo runs. Source: The rustc book; The Cargo Book. */
export const rust: PatternFamily = [
  { kind: "compile", weight: WEIGHTS.source, line: /^error\[E\d{4}\]: /, after: 3 },
  { kind: "compile", weight: WEIGHTS.consequence, line: /^error: (?:could not compile|aborting due to|linking with)/ },
  {
    kind: "dependency",
    weight: WEIGHTS.tool,
    line: /^error: (?:failed to (?:get|select|load|download|parse|resolve)|no matching package)/,
    after: 8,
  },
  { kind: "test", weight: WEIGHTS.source, line: /^thread '[^']*::[^']*' .*panicked at /, after: 3 },
  { kind: "exception", weight: WEIGHTS.program, line: /^thread '[^']*' .*panicked at /, after: 1 },
  { kind: "test", weight: WEIGHTS.consequence, line: /^test \S+ \.\.\. FAILED$|^test result: FAILED/ },
];
