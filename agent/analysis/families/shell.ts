import { type PatternFamily, WEIGHTS } from "../sign.ts";

/**
 * dash, bash, ash and zsh about the script itself: `script: 2: tool: not found`, `script: line 2: tool: command not
 * found`, `zsh: command not found: tool`, `env: 'tool': No such file or directory`.
 */
export const shell: PatternFamily = [
  { kind: "command-not-found", weight: WEIGHTS.command, line: /^\S+: (?:line )?\d+: \S+: (?:command )?not found$/ },
  { kind: "command-not-found", weight: WEIGHTS.command, line: /^\S+: (?:\S+: )?command not found(?:: \S+)?$/ },
  {
    kind: "command-not-found",
    weight: WEIGHTS.command,
    line: /: executable file not found in \$PATH|^(?:\/usr\/bin\/)?env: .*: No such file/,
  },
  {
    kind: "permission",
    weight: WEIGHTS.command,
    line: /^\S+: (?:line )?\d+: \S+: (?:Permission denied|cannot execute)/,
  },
  { kind: "permission", weight: WEIGHTS.command, line: /: [Ee]xec format error$|: Operation not permitted$/ },
  {
    kind: "script",
    weight: WEIGHTS.tool,
    line: /^\S+: (?:line )?\d+: (?:Syntax error: |syntax error\b|unexpected EOF)/,
  },
  {
    kind: "script",
    weight: WEIGHTS.tool,
    line: /^\S+: (?:line )?\d+: \S+: (?:unbound variable|parameter not set|bad substitution)/,
  },
  // Whatever else a shell says about a line of its script: `script: 1: SHOP_REGION: is not set`.
  { kind: "script", weight: WEIGHTS.command, line: /^\S+: (?:line )?\d+: \S[^:]*: \S/ },
];
