import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** rustc, cargo and the tests that cargo runs. Source: The rustc book; The Cargo Book. */
export const rust: PatternFamily = [
  { kind: "compile", weight: WEIGHTS.source, line: /^error\[E\d{4}\]: /, after: 3 },
  {
    kind: "compile",
    weight: WEIGHTS.tool,
    line: /^error: (?:expected |cannot find |unused |unknown |this |unexpected |mismatched |no rules|unresolved |macro |environment variable|linking with )/,
    after: 4,
  },
  { kind: "compile", weight: WEIGHTS.consequence, line: /^error: (?:could not compile|aborting due to|test failed)/ },
  {
    kind: "dependency",
    weight: WEIGHTS.tool,
    line: /^error: (?:failed to (?:get|select|load|download|parse|resolve)|no matching package)/,
    after: 8,
  },
  { kind: "test", weight: WEIGHTS.source, line: /^\s*thread '[^']*::[^']*' .*panicked at /, after: 4, tells: /\S/ },
  { kind: "exception", weight: WEIGHTS.program, line: /^\s*thread '[^']*' .*panicked at /, after: 1, tells: /\S/ },
  { kind: "test", weight: WEIGHTS.consequence, line: /^test \S+ \.\.\. FAILED$|^test result: FAILED/ },
];
