import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** Jest, Vitest and Mocha. Source: their default reporters. */
export const jest: PatternFamily = [
  {
    kind: "test",
    weight: WEIGHTS.source,
    line: /^\s*●\s+(?!Console|Deprecation|Validation|Multiple|Test suite)\S/,
    after: 6,
  },
  { kind: "test", weight: WEIGHTS.source, line: /^\s*● Test suite failed to run/, after: 6, tells: /\S/ },
  {
    kind: "test",
    weight: WEIGHTS.source,
    line: /^\s*FAIL\s+(?:\|?\S+\|? )?\S+\.[cm]?[jt]sx? (?:> |\[)/,
    after: 5,
    tells: /^\w*Error: /,
  },
  { kind: "test", weight: WEIGHTS.program, line: /^\s+AssertionError\b.*: /, before: 1, after: 2 },
  { kind: "test", weight: WEIGHTS.command, line: /^\s*FAIL\s+\S+\.[cm]?[jt]sx?\b/ },
  { kind: "test", weight: WEIGHTS.consequence, line: /^\s*(?:Tests|Test Suites|Test Files):?\s+\d+ failed/ },
];
