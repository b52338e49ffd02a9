import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** `go test`: with `-v` a test's messages stand before its `--- FAIL`, without it behind. Source: cmd/go, testing. */
export const goTest: PatternFamily = [
  { kind: "test", weight: WEIGHTS.source, line: /^\s*--- FAIL: /, before: 2, after: 4, tells: /^\s*\S+\.go:\d+: / },
  { kind: "test", weight: WEIGHTS.source, line: /^panic: test timed out after / },
  { kind: "exception", weight: WEIGHTS.program, line: /^panic: |^fatal error: all goroutines are asleep/, after: 3 },
  // `go run` about the program that ended.
  { kind: "tool", weight: WEIGHTS.consequence, line: /^exit status \d+$/, before: 2 },
  { kind: "compile", weight: WEIGHTS.consequence, line: /^FAIL\s+\S+ \[(?:build|setup) failed\]/ },
  { kind: "test", weight: WEIGHTS.consequence, line: /^FAIL\s+\S+\s+[\d.]+s$/ },
];
