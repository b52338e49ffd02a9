import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** tsc, plain and pretty, and Next.js over it. Source: TypeScript handbook. */
export const typescript: PatternFamily = [
  { kind: "compile", weight: WEIGHTS.source, line: /^\S.*(?:\(\d+,\d+\):|:\d+:\d+ -) error TS\d+: /, after: 2 },
  { kind: "compile", weight: WEIGHTS.source, line: /^error TS\d+: / },
  {
    kind: "compile",
    weight: WEIGHTS.source,
    line: /^\.{0,2}\/?\S+\.[cm]?[jt]sx?:\d+:\d+$/,
    after: 4,
    tells: /Error: /,
  },
];
