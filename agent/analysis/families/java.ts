import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** javac and what the JVM prints at the end of a thread. Source: `Throwable.printStackTrace`. */
export const java: PatternFamily = [
  { kind: "compile", weight: WEIGHTS.source, line: /^[^\s:][^:]*\.(?:java|kt|scala|groovy):\d+: error: /, after: 4 },
  { kind: "compile", weight: WEIGHTS.source, line: /^e: (?:file:\/\/)?[^\s:]+\.kts?:/ },
  { kind: "exception", weight: WEIGHTS.program, line: /^Exception in thread "/, after: 1 },
  { kind: "exception", weight: WEIGHTS.program, line: /^Caused by: [\w.$]+(?:Exception|Error)\b/, after: 1 },
  {
    kind: "exception",
    weight: WEIGHTS.command,
    line: /^(?:[a-z][\w$]*\.)+[A-Z][\w$]*(?:Exception|Error)\b(?:: |$)/,
    after: 1,
  },
  {
    kind: "configuration",
    weight: WEIGHTS.tool,
    line: /^APPLICATION FAILED TO START/,
    after: 5,
    tells: /^(?!Description:|\*+$|-+$)\S/,
  },
  {
    kind: "missing-file",
    weight: WEIGHTS.tool,
    line: /^Error: (?:Could not find or load main class|Unable to access jarfile)/,
  },
];
