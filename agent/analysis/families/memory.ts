import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** Memory ran out: the runtimes' own words, and the shell's about a process that the kernel killed. */
export const memory: PatternFamily = [
  { kind: "memory", weight: WEIGHTS.system, line: /java\.lang\.OutOfMemoryError\b|JavaScript heap out of memory/ },
  {
    kind: "memory",
    weight: WEIGHTS.system,
    line: /^fatal error: (?:runtime: )?(?:out of memory|cannot allocate memory)|^MemoryError\b|std::bad_alloc/,
  },
  {
    kind: "memory",
    weight: WEIGHTS.system,
    line: /[Cc]annot allocate memory|virtual memory exhausted|memory exhausted$/,
  },
  {
    kind: "memory",
    weight: WEIGHTS.system,
    line: /fatal error: Killed signal terminated program|signal: killed$|[Oo]ut of memory: [Kk]ill/,
  },
  {
    kind: "memory",
    weight: WEIGHTS.program,
    line: /^(?:\S+: (?:line )?\d+:\s+\d+ )?Killed(?:\s{2,}\S.*)?$|: \*\*\* \[.*\] Killed$|\(core dumped\) Killed/,
  },
];
