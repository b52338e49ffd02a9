import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** What a test says about the values it compared. */
const COMPARISON =
  /(?:[Ee]xpect(?:ed|ation)?\b|Failed asserting|Failure\/Error:|Assertion|\b(?:Error|Exception)\b|assert|[Tt]imeout|Unable)/;

/**
 * Test runners that list their failures behind a heading of their own: Mocha, Jasmine, Cypress, Playwright, RSpec,
 * minitest, PHPUnit, GoogleTest, Catch2, CTest, Test::More, ExUnit, Robot Framework, Behave, Surefire, .NET.
 */
export const testRunners: PatternFamily = [
  {
    kind: "test",
    weight: WEIGHTS.source,
    line: /^\s*(?:Failures:|\d+ failing|There (?:was|were) \d+ (?:failures?|errors?):|Failed tests:|Tests in error:)/,
    after: 9,
    tells: COMPARISON,
  },
  { kind: "test", weight: WEIGHTS.source, line: /^\s+\d+\) (?:Failure|Error):$/, after: 4, tells: COMPARISON },
  { kind: "test", weight: WEIGHTS.source, line: /^\s+\d+\) (?:test .*\(.*\)$|.* › )/, after: 8, tells: COMPARISON },
  { kind: "test", weight: WEIGHTS.source, line: /^\S+:\d+: (?:Failure|FAILED:)$/, after: 5 },
  { kind: "test", weight: WEIGHTS.source, line: /^\s*#\s+Failed test\b/, after: 4 },
  { kind: "test", weight: WEIGHTS.source, line: /\| FAIL \|$/, after: 1, tells: /\S/ },
  { kind: "test", weight: WEIGHTS.source, line: /^\s*(?:ASSERT FAILED|Assertion Failed): /i, before: 2, after: 1 },
  {
    kind: "test",
    weight: WEIGHTS.source,
    line: /<<< (?:FAILURE|ERROR)!/,
    except: /Tests run: /,
    after: 2,
    tells: COMPARISON,
  },
  { kind: "test", weight: WEIGHTS.source, line: /^\s+Failed \S.* \[[<\d].*\]$/, after: 4, tells: COMPARISON },
  { kind: "test", weight: WEIGHTS.tool, line: /\*\*\*(?:Failed|Exception|Timeout|Not Run)\b/, before: 2 },
  {
    kind: "test",
    weight: WEIGHTS.consequence,
    line: /^\[ {2}FAILED {2}\] |^The following tests FAILED:|^Failing scenarios:|^\s*Failed \d+\/\d+ subtests/,
  },
  {
    kind: "test",
    weight: WEIGHTS.tool,
    line: /coverage.*\b(?:not met|below|less than|not reached)\b|does not meet .*threshold|\bnot reached\. Total coverage/i,
  },
  // Vitest: what was thrown while all tests passed.
  {
    kind: "exception",
    weight: WEIGHTS.tool,
    line: /^⎯+ (?:Unhandled|Uncaught) \w+ ⎯+|^Vitest caught \d+ unhandled error/,
    after: 8,
    tells: /^\w*Error: /,
  },
];
