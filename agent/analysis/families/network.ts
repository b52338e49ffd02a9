import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** DNS, connections, TLS and HTTP refusals, as curl, wget and the resolvers of many languages word them. */
export const network: PatternFamily = [
  {
    kind: "authentication",
    weight: WEIGHTS.tool,
    line: /^curl: \(22\) .*\b40[13]$|\bERROR 40[13]: |\b401 Unauthorized\b/,
  },
  { kind: "network", weight: WEIGHTS.tool, line: /^curl: \((?:5|6|7|28|35|52|56|60)\) / },
  { kind: "network", weight: WEIGHTS.tool, line: /^curl: \(22\) |\bERROR [45]\d\d: / },
  {
    kind: "network",
    weight: WEIGHTS.command,
    line: /Could not resolve host|unable to resolve host|Temporary failure in name resolution|Name or service not known|getaddrinfo (?:ENOTFOUND|EAI_AGAIN)|: no such host\b/,
  },
  {
    kind: "network",
    weight: WEIGHTS.command,
    line: /\bECONNREFUSED\b|\bECONNRESET\b|\bETIMEDOUT\b|[Cc]onnection (?:refused|timed out|reset by peer)|[Nn]etwork is unreachable|No route to host/,
  },
  {
    kind: "network",
    weight: WEIGHTS.command,
    line: /TLS handshake timeout|certificate (?:verify failed|has expired|signed by unknown authority)|unable to (?:get local issuer|verify the first) certificate|SELF_SIGNED_CERT/,
  },
];
