import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** webpack, Vite, Rollup, esbuild, Parcel, Next.js and the frameworks over them: the reason stands below a heading. */
export const bundlers: PatternFamily = [
  { kind: "compile", weight: WEIGHTS.source, line: /^(?:✘|X) \[ERROR\] /, after: 3 },
  {
    kind: "compile",
    weight: WEIGHTS.source,
    line: /^Module (?:not found|build failed|parse failed)/,
    before: 1,
    after: 3,
  },
  { kind: "compile", weight: WEIGHTS.tool, line: /^ERROR in \S/, after: 3, tells: /^\s*(?:.*Error: |TS\d+: )/ },
  {
    kind: "compile",
    weight: WEIGHTS.source,
    line: /^\s*(?:error during build:|Failed to compile\.?$|🚨 Build failed\.|Build failed with \d+ errors?:|Build error occurred|Error occurred prerendering page )/,
    after: 5,
    tells: /\S/,
  },
  { kind: "compile", weight: WEIGHTS.source, line: /^\[!\] \S/, after: 4 },
];
