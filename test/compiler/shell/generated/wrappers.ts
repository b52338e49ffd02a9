import type { Wrapper } from "./piece.ts";

function wrapper(name: string, write: Wrapper["write"], prints: Wrapper["prints"] = same): Wrapper {
  return { name, write, prints };
}

const same = (printed: string) => printed;
/** What is left of an output after a command substitution. */
const substituted = (printed: string) => printed.replace(/\n+$/, "");

/** Ways to put commands into others. */
export const WRAPPERS: readonly Wrapper[] = [
  wrapper("substitution", (s) => `X=$( ${s})\nprintf %s "$X"\n`, substituted),
  wrapper("quoted substitution", (s) => `printf %s "$(\n${s})"\n`, substituted),
  wrapper(
    "substitution in quotes with text",
    (s) => `printf '%s' "it's \\"$( ${s})\\" "\n`,
    (p) => `it's "${substituted(p)}" `,
  ),
  wrapper("backticks", (s) => `X=\`${inBackticks(s)}\`\nprintf %s "$X"\n`, substituted),
  wrapper("quoted backticks", (s) => `printf %s "\`${inBackticks(s, '"')}\`"\n`, substituted),
  wrapper(
    "substitution in a heredoc",
    (s) => `cat <<END_OF_IT\n$( ${s}).\nEND_OF_IT\n`,
    (p) => `${substituted(p)}.\n`,
  ),
  wrapper("substitution in a default", (s) => `unset U; printf %s "\${U:-$( ${s})}"\n`, substituted),
  wrapper("subshell", (s) => `(\n${s})\n`),
  wrapper("subshell on a line", (s) => `( ${s} )\n`),
  wrapper("group", (s) => `{ ${s}}\n`),
  wrapper("function", (s, id) => `f${id}() {\n${s}}\nf${id}\n`),
  wrapper("if", (s) => `if true; then\n${s}else\n  false\nfi\n`),
  wrapper("else", (s) => `if false\nthen :\nelif ! true; then :; else ${s}fi\n`),
  wrapper("for", (s) => `for i in 1\ndo ${s}done\n`),
  wrapper("while", (s) => `while :; do\n  ${s}  break\ndone\n`),
  wrapper("case", (s) => `case x in\n  y) false ;;\n  x | "z") ${s} ;;\nesac\n`),
  wrapper("case with parentheses", (s) => `case x in (y) ;; (x) ${s}\nesac\n`),
  wrapper("pipe", (s) => `{ ${s}} | cat\n`),
  wrapper("and", (s) => `true && {\n${s}}\n`),
  wrapper("background", (s) => `{\n${s}} &\nwait\n`),
  wrapper("indented", (s) => `# it's "\n\n  ${s}`),
];

/** Ways of bash. */
export const BASH_WRAPPERS: readonly Wrapper[] = [
  wrapper("process substitution", (s) => `cat <(\n${s})\n`),
  wrapper(
    "substitution in a here-string",
    (s) => `cat <<<"$( ${s})"\n`,
    (p) => `${substituted(p)}\n`,
  ),
  wrapper("substitution in an array", (s) => `A=("$( ${s})" x)\nprintf '%s' "\${A[0]}"\n`, substituted),
  wrapper(
    "substitution in double brackets",
    (s) => `if [[ -n "$( ${s})" || -z x ]]; then :; fi\nprintf 1\n`,
    () => "1",
  ),
];

/** Commands as they are written between backticks; `quote` also needs a backslash where they stand in double quotes. */
function inBackticks(commands: string, quote = ""): string {
  return [...commands].map((character) => (`\\\`${quote}`.includes(character) ? `\\${character}` : character)).join("");
}
