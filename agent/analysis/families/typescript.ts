import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** tsc, plain and pretty, and the linters and bundlers beside it. Source: TypeScript handbook; ESLint "stylish"; esbuild. */
export const typescript: PatternFamily = [
  { kind: "compile", weight: WEIGHTS.source, line: /^\S.*(?:\(\d+,\d+\):|:\d+:\d+ -) error TS\d+: /, after: 2 },
  { kind: "compile", weight: WEIGHTS.source, line: /^error TS\d+: / },
  { kind: "compile", weight: WEIGHTS.source, line: /^(?:✘|X) \[ERROR\] /, after: 3 },
  {
    kind: "compile",
    weight: WEIGHTS.source,
    line: /^(?:ERROR in \S|Module (?:not found|build failed|parse failed))/,
    after: 3,
  },
  { kind: "lint", weight: WEIGHTS.source, line: /^\s+\d+:\d+\s+error\s+\S/, before: 1 },
];
