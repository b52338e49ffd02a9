import { type PatternFamily, WEIGHTS } from "../sign.ts";

/**
 * Linters and formatters. Most write `file:line:column: CODE message` (flake8, Ruff, pylint, yamllint, markdownlint) or
 * a list below the file's name (ESLint, Stylelint); formatters name the file they would change.
 */
export const lint: PatternFamily = [
  { kind: "lint", weight: WEIGHTS.source, line: /^\s+\d+:\d+\s+(?:error|✖)\s+\S/, before: 1 },
  { kind: "lint", weight: WEIGHTS.source, line: /^[^\s:][^:]*:\d+(?::\d+)?:? (?:error )?\[?[EF]\d{3,4}\b/ },
  {
    kind: "lint",
    weight: WEIGHTS.tool,
    line: /^[^\s:][^:]*:\d+(?::\d+)?:? (?:error |warning )?\[?[A-Z]{1,5}\d{2,5}\b|^[^\s:][^:]*:\d+(?::\d+)?:? \[(?:error|warning)\] /,
  },
  { kind: "lint", weight: WEIGHTS.source, line: /^[A-Z]{1,4}\d{3,4}:? (?:\[\*\] )?[`'A-Z]/, after: 3 },
  { kind: "lint", weight: WEIGHTS.source, line: /^L:\s+\d+ \| P:\s+\d+ \| / },
  { kind: "lint", weight: WEIGHTS.source, line: /^In \S+ line \d+:$/, after: 3, tells: /\bSC\d{4}\b/ },
  {
    kind: "lint",
    weight: WEIGHTS.tool,
    line: /^would reformat |^error: cannot format |^ERROR: \S+ Imports are incorrectly sorted|^Diff in \S+|^\[warn\] \S+\.\w+$|^\[error\] \S+\.\w+: /,
    after: 1,
  },
  { kind: "lint", weight: WEIGHTS.source, line: /^>> Issue: /, after: 3 },
  { kind: "lint", weight: WEIGHTS.command, line: /Code style issues (?:found|detected)/ },
  { kind: "lint", weight: WEIGHTS.command, line: /\.{4,}Failed$/, after: 6 },
];
