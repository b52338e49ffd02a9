import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** pytest and unittest. Source: pytest, "Managing pytest's output"; Python, `unittest`. */
export const pytest: PatternFamily = [
  { kind: "test", weight: WEIGHTS.source, line: /^E {3,}\S/, except: /\[\s*\d+%\]$/, before: 1, after: 1 },
  { kind: "test", weight: WEIGHTS.source, line: /^(?:FAILED|ERROR) \S+\.py(?:::\S+)?(?: - .*)?$/ },
  {
    kind: "test",
    weight: WEIGHTS.source,
    line: /^(?:FAIL|ERROR): \S+ \(\S+\)$/,
    ends: /^(?!ImportError: Failed to import)[A-Za-z_]\w*(?:Error|Exception|Failure)\b/,
    after: 2,
  },
  { kind: "test", weight: WEIGHTS.consequence, line: /^FAILED \((?:failures|errors)=\d+|^=+ \d+ failed/ },
];
