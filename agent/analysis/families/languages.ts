import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** How the interpreters of further languages end: Elixir, Erlang, Lua, Haskell, OCaml, Scala, .NET. */
export const languages: PatternFamily = [
  { kind: "exception", weight: WEIGHTS.program, line: /^\*\* \([\w.]+\) /, before: 3, after: 2 },
  { kind: "exception", weight: WEIGHTS.program, line: /^Unhandled exception[.:]/i, after: 2 },
  {
    kind: "compile",
    weight: WEIGHTS.source,
    line: /^File "[^"]+", lines? \d+(?:-\d+)?, characters /,
    after: 4,
    tells: /^Error/,
  },
  { kind: "compile", weight: WEIGHTS.source, line: /^\[error\] \S+:\d+:\d*:? /, after: 2 },
  { kind: "tool", weight: WEIGHTS.command, line: /^\[error\] \S/ },
  { kind: "exception", weight: WEIGHTS.command, line: /^[\w./-]+: [^\s:[]+:\d+: \S/ },
];
