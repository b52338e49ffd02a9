import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** git and the ssh below it. Source: git's own messages. */
export const git: PatternFamily = [
  {
    kind: "authentication",
    weight: WEIGHTS.tool,
    line: /^(?:remote: )?(?:fatal: )?(?:could not read (?:Username|Password) for|Authentication failed for|Invalid username or (?:password|token)|Host key verification failed|.*Permission denied \(publickey)/,
  },
  {
    kind: "network",
    weight: WEIGHTS.tool,
    line: /^fatal: unable to access '.*(?:resolve|connect|timed out|SSL|certificate|TLS|reset)/i,
  },
  { kind: "network", weight: WEIGHTS.tool, line: /^ssh: (?:connect to host|Could not resolve hostname) / },
  {
    kind: "git",
    weight: WEIGHTS.tool,
    line: /^fatal: (?:repository '.*' (?:does not exist|not found)|not a git repository|Remote branch \S+ not found|couldn't find remote ref)/,
  },
  {
    kind: "git",
    weight: WEIGHTS.tool,
    line: /^CONFLICT \(|^error: pathspec '|^ ! \[(?:remote )?rejected\]/,
  },
  { kind: "git", weight: WEIGHTS.command, line: /^fatal: [^\s\d]/ },
  { kind: "git", weight: WEIGHTS.consequence, line: /^error: failed to push some refs/ },
];
