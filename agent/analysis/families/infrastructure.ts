import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** Terraform, kubectl and Helm. Source: their messages; Terraform draws a box around its own. */
export const infrastructure: PatternFamily = [
  { kind: "configuration", weight: WEIGHTS.tool, line: /^│ Error: \S/, after: 5 },
  {
    kind: "tool",
    weight: WEIGHTS.tool,
    line: /^Error from server \(|^error: (?:unable to recognize|error validating) /,
  },
  { kind: "tool", weight: WEIGHTS.tool, line: /^Error: (?:INSTALLATION|UPGRADE) FAILED: / },
];
