import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** `go build`, `go vet` and module downloads. Source: cmd/go, which prints `file.go:line:column: message`. */
export const goBuild: PatternFamily = [
  {
    kind: "network",
    weight: WEIGHTS.source,
    line: /^(?:go: |\S+\.go:\d+:).*(?:dial tcp|no such host|i\/o timeout|TLS handshake|connection refused)/,
  },
  {
    kind: "dependency",
    weight: WEIGHTS.source,
    line: /^(?:go: |\S+\.go:\d+:\d+: ).*(?:no required module provides|cannot find module|unknown revision|: 404 Not Found|missing go\.sum entry|invalid version|checksum mismatch|is not in std)/,
  },
  {
    kind: "dependency",
    weight: WEIGHTS.tool,
    line: /^go: (?:errors parsing go\.mod|go\.mod file not found|inconsistent vendoring)/,
    after: 2,
  },
  { kind: "compile", weight: WEIGHTS.source, line: /^(?:vet: )?(?:\.{0,2}\/)?[^\s:]+\.go:\d+:\d+: /, after: 1 },
  {
    kind: "configuration",
    weight: WEIGHTS.tool,
    line: /^pattern \S+: (?:directory|no matching|open|build constraints)/,
  },
];
