import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** pip and Poetry. Source: pip documentation, "Getting started" and its resolver's messages. */
export const pip: PatternFamily = [
  {
    kind: "network",
    weight: WEIGHTS.source,
    line: /^(?:WARNING: Retrying|ERROR: | {2}ERROR: ).*(?:NewConnectionError|NameResolutionError|ConnectTimeoutError|Failed to establish|SSLError|Max retries exceeded)/,
  },
  {
    kind: "dependency",
    weight: WEIGHTS.tool,
    line: /^ERROR: (?:Could not find a version|No matching distribution|Cannot install|ResolutionImpossible|Hash|Invalid requirement)/,
    after: 1,
  },
  {
    kind: "dependency",
    weight: WEIGHTS.tool,
    line: /version solving failed|No solution found when resolving|^Because \S.* depends on |ResolutionFailure|pyproject\.toml changed significantly|\bLock ?file .*(?:out of date|not up to date|needs to be updated)/,
    before: 1,
    after: 3,
  },
  { kind: "missing-file", weight: WEIGHTS.tool, line: /^ERROR: Could not open requirements file/ },
  { kind: "configuration", weight: WEIGHTS.tool, line: /^error: externally-managed-environment/, after: 2 },
  {
    kind: "dependency",
    weight: WEIGHTS.consequence,
    line: /^(?:error: metadata-generation-failed|ERROR: Failed (?:building|to build))/,
  },
  { kind: "dependency", weight: WEIGHTS.consequence, line: /^\s+\[end of output\]$/, before: 3 },
];
