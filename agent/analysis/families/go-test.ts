import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** `go test`: with `-v` a test's messages stand before its `--- FAIL`, without it behind. Source: cmd/go, testing. */
export const goTest: PatternFamily = [
  { kind: "test", weight: WEIGHTS.source, line: /^\s*--- FAIL: /, before: 1, after: 3 },
  { kind: "test", weight: WEIGHTS.source, line: /^panic: test timed out after / },
  { kind: "exception", weight: WEIGHTS.program, line: /^panic: |^fatal error: all goroutines are asleep/, after: 3 },
  { kind: "compile", weight: WEIGHTS.consequence, line: /^FAIL\s+\S+ \[(?:build|setup) failed\]/ },
  { kind: "test", weight: WEIGHTS.consequence, line: /^FAIL\s+\S+\s+[\d.]+s$/ },
];
