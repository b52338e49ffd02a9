import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** gcc, clang and the linkers behind them. Source: GCC manual, "Formatting of diagnostics"; GNU ld. */
export const cCompiler: PatternFamily = [
  // GHC and others say below the place what is wrong.
  { kind: "compile", weight: WEIGHTS.source, line: /^[^\s:][^:]*:\d+:\d+: error:$/, after: 3, tells: /\S/ },
  {
    kind: "compile",
    weight: WEIGHTS.source,
    line: /^(?:[^\s:][^:]*:\d+(?::\d+)?(?:-\d+)?|\s+[^\s:]+:\d+:\d+):?(?: -)? (?:fatal )?error:?(?:\s|$|\[)/,
    after: 3,
  },
  {
    kind: "compile",
    weight: WEIGHTS.source,
    line: /undefined reference to [`'‘]|^ld: symbol\(s\) not found/,
    before: 1,
  },
  {
    kind: "compile",
    weight: WEIGHTS.source,
    line: /ld(?:\.\w+)?: (?:error: |cannot find |unrecognised )|multiple definition of [`'‘]/,
  },
  { kind: "compile", weight: WEIGHTS.consequence, line: /^collect2: error: |linker command failed with exit code/ },
];
