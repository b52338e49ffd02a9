import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** Ruby names the place, the message and the class of an exception. Source: Ruby, `Exception#full_message`; Bundler; Rake. */
export const ruby: PatternFamily = [
  { kind: "compile", weight: WEIGHTS.tool, line: /^\S+:\d+: syntax error\b|\(SyntaxError\)$/, after: 2 },
  {
    kind: "dependency",
    weight: WEIGHTS.tool,
    line: /^(?:Could not find (?:gem|compatible versions|\S+ in)|Bundler could not find|An error occurred while installing|Your bundle is locked|Could not locate Gemfile)/,
    after: 3,
  },
  { kind: "exception", weight: WEIGHTS.program, line: /^\S+:\d+:in [`'].*: .* \([A-Z][\w:]*\)$/, after: 1 },
  { kind: "tool", weight: WEIGHTS.consequence, line: /^rake aborted!/, after: 2 },
];
