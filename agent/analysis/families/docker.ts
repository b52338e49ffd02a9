import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** Docker's client, BuildKit and the legacy builder. Source: their messages as Docker documents them. */
export const docker: PatternFamily = [
  { kind: "tool", weight: WEIGHTS.tool, line: /Cannot connect to the Docker daemon|error during connect: /i },
  {
    kind: "authentication",
    weight: WEIGHTS.source,
    line: /pull access denied for |unauthorized: authentication required|no basic auth credentials/,
  },
  {
    kind: "dependency",
    weight: WEIGHTS.source,
    line: /manifest (?:for \S+ not found|unknown)|failed to resolve source metadata for /,
  },
  { kind: "network", weight: WEIGHTS.tool, line: /toomanyrequests: / },
  {
    kind: "missing-file",
    weight: WEIGHTS.tool,
    line: /failed to (?:compute cache key|calculate checksum of ref)|unable to prepare context: |failed to read dockerfile/,
  },
  {
    kind: "tool",
    weight: WEIGHTS.tool,
    line: /dependency failed to start: |^(?:Error|error) (?:creating|building) image: (?!.*exit status)/i,
  },
  { kind: "missing-file", weight: WEIGHTS.tool, line: /^(?:COPY|ADD) failed: / },
  {
    kind: "tool",
    weight: WEIGHTS.consequence,
    before: 3,
    line: /failed to solve: |^#\d+ ERROR: process |^ERROR: process ".*" did not complete|error building image: |^Error: building at STEP |^The command '.*' returned a non-zero code: \d+/,
  },
];
