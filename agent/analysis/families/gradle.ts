import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** Gradle: what went wrong stands below `* What went wrong:`. Source: Gradle user manual, "Command-line interface". */
export const gradle: PatternFamily = [
  { kind: "test", weight: WEIGHTS.source, line: /^\S.* > .*\bFAILED$/, except: /^> Task /, after: 2 },
  {
    kind: "dependency",
    weight: WEIGHTS.tool,
    line: /^\s*> (?:Could not (?:resolve|find|GET|download) |Could not resolve all)/,
    after: 3,
  },
  { kind: "tool", weight: WEIGHTS.command, line: /^\* What went wrong:/, after: 3 },
  { kind: "tool", weight: WEIGHTS.consequence, line: /^> Task \S+ FAILED$/ },
];
