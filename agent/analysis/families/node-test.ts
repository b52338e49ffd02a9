import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** `node --test` and TAP. Source: Node.js, "Test runner"; the TAP 14 specification. */
export const nodeTest: PatternFamily = [
  {
    kind: "test",
    weight: WEIGHTS.source,
    line: /^\s*not ok \d+\b/,
    except: /# (?:SKIP|TODO)\b/i,
    after: 8,
    tells: /^\s*error: /,
  },
  { kind: "test", weight: WEIGHTS.tool, line: /^\s*✖ .+ \(\d[\d.]*m?s\)$/, after: 5 },
];
