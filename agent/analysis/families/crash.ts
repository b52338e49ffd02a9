import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** A program that the system ended because of what it did. Source: glibc's `strsignal`, as shells print it. */
export const crash: PatternFamily = [
  {
    kind: "crash",
    weight: WEIGHTS.program,
    line: /Segmentation fault|SIGSEGV\b|Bus error|Illegal instruction|\bstack smashing detected/,
    except: /^\[signal SIG/,
  },
  { kind: "crash", weight: WEIGHTS.tool, line: /^\S+: .*: Assertion [`'‘].* failed\.$/ },
  { kind: "crash", weight: WEIGHTS.program, line: /^terminate called after throwing/, after: 1 },
  { kind: "crash", weight: WEIGHTS.command, line: /^(?:\S+: (?:line )?\d+:\s+\d+ )?Aborted\b/ },
  {
    kind: "crash",
    weight: WEIGHTS.source,
    line: /^==\d+==\s*ERROR: \w+Sanitizer: |^WARNING: \w+Sanitizer: |^\S+:\d+:\d+: runtime error: /,
    after: 4,
  },
];
