import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** psql, mysql and sqlite3, with the migrations that run over them. Source: their manuals on error messages. */
export const database: PatternFamily = [
  { kind: "tool", weight: WEIGHTS.tool, line: /^(?:psql:\S+: |\S+: error: )?(?:ERROR|FATAL): {2}\S/, after: 2 },
  {
    kind: "tool",
    weight: WEIGHTS.tool,
    line: /^ERROR \d{4} \(\w{5}\)|^(?:Error|Parse error|Runtime error):? near line \d+/,
    after: 1,
  },
  { kind: "tool", weight: WEIGHTS.tool, line: /\bORA-\d{5}: / },
];
