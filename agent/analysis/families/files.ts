import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** ENOENT and EACCES of any command, and of the runtimes that name the call. */
export const files: PatternFamily = [
  {
    kind: "missing-file",
    weight: WEIGHTS.command,
    line: /^\S.*: (?:No such file or directory|cannot find the (?:file|path))|\bENOENT: no such file or directory|^tar: .*: Cannot open|^\w+: +cannot (?:find|open|read|access|stat) /,
  },
  { kind: "command-not-found", weight: WEIGHTS.program, line: /\bspawn \S+ ENOENT\b/ },
  {
    kind: "dependency",
    weight: WEIGHTS.tool,
    line: /^E: (?:Unable to locate package|Package '.*' has no|Version '.*' for|Unable to correct|Failed to fetch)|^ERROR: unable to select packages:|^Error: Unable to find a match:/,
    after: 2,
  },
  {
    kind: "permission",
    weight: WEIGHTS.command,
    line: /^\S.*: [Pp]ermission denied\b|\bEACCES: permission denied|Read-only file system/,
  },
];
