import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** ENOSPC and EDQUOT in the words of every runtime. */
export const disk: PatternFamily = [
  {
    kind: "disk-full",
    weight: WEIGHTS.system,
    line: /[Nn]o space left on device|\bENOSPC\b|[Dd]isk quota exceeded|not enough space on the disk/,
  },
];
