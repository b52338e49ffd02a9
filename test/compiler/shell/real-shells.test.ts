import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rewriteCommands } from "../../../compiler/shell/rewrite-commands.ts";
import { shellOf } from "../../../compiler/shell/shell-of.ts";
import { commandsOf } from "./commands-of.ts";

/**
 * The rewritten script goes through the shells that run it, with values that would break out of every quoting. Each
 * script prints what it got; a value that became code would leave the file PWNED.
 */
const VALUES = [
  "v1.2",
  "",
  "a  b",
  "line one\nline two",
  `"; touch PWNED; "`,
  "'; touch PWNED; '",
  "$(touch PWNED)",
  "`touch PWNED`",
  "}; touch PWNED; {",
  "EOF\ntouch PWNED\nEOF",
  "a[$(touch PWNED)]",
  "*",
  "$HOME ${HOME}",
  "back\\slash \\n \\\\",
  "-n",
  "# no comment",
  "&& touch PWNED",
  "构建 一号",
  "~",
];

const V = "${{ outputs.repo.commit }}";
const show = (value: string) => `<${value}>`;

const SCRIPTS: readonly (readonly [title: string, script: string, expected?: (value: string) => string])[] = [
  ["bare word", `printf '<%s>' ${V}`],
  ["part of a word", `printf '<%s>' a${V}b`, (value) => `<a${value}b>`],
  ["two in one word", `printf '<%s>' ${V}${V}`, (value) => `<${value}${value}>`],
  ["double quotes", `printf '<%s>' "${V}"`],
  ["double quotes with text", `printf '<%s>' "it's ${V}'s"`, (value) => `<it's ${value}'s>`],
  ["double quotes with escapes", `printf '<%s>' "\\"${V}\\""`, (value) => `<"${value}">`],
  ["double quotes before letters", `printf '<%s>' "${V}_x"`, (value) => `<${value}_x>`],
  ["single quotes", `printf '<%s>' '${V}'`],
  ["single quotes with text", `printf '<%s>' '{"a": "${V}"}'`, (value) => `<{"a": "${value}"}>`],
  ["assignment", `X=${V}\nprintf '<%s>' "$X"`],
  ["assignment of a joined word", `X=a${V}'b'; printf '<%s>' "$X"`, (value) => `<a${value}b>`],
  ["assignment before a command", `X=${V} sh -c 'printf "<%s>" "$X"'`],
  ["argument that looks like an assignment", `printf '<%s>' A=${V}`, (value) => `<A=${value}>`],
  ["export", `export X=${V}; printf '<%s>' "$X"`],
  ["command substitution", `X=$(printf '<%s>' ${V}); printf %s "$X"`],
  ["quoted command substitution", `printf %s "$(printf '<%s>' "${V}")"`],
  ["bare in quoted command substitution", `printf %s "$(printf '<%s>' ${V})"`],
  ["deep nesting", `printf %s "$(printf %s "$(printf '<%s>' "${V}")")"`],
  ["backticks", `printf %s "\`printf '<%s>' ${V}\`"`],
  ["quotes in backticks", `X=\`printf '<%s>' "${V}"\`; printf %s "$X"`],
  ["escaped quotes in quoted backticks", `printf %s "\`printf '<%s>' \\"${V}\\"\`"`],
  ["nested backticks", `X=\`printf %s "\\\`printf '<%s>' ${V}\\\`"\`; printf %s "$X"`],
  ["after a comment with an apostrophe", `true # it's a "comment\nprintf '<%s>' ${V}`],
  ["in a comment", `printf '<>' # ${V}\n`, () => "<>"],
  ["after a hash inside a word", `printf '<%s>' a#${V}`, (value) => `<a#${value}>`],
  ["after $#", `printf '<%s>' $#${V}`, (value) => `<0${value}>`],
  ["heredoc", `cat <<EOF\n<${V}>\nEOF\n`, (value) => `<${value}>\n`],
  [
    "heredoc with quotes and dollars",
    `A=1\ncat <<EOF\n'\${A}' "${V}" \\$A it's\nEOF\n`,
    (value) => `'1' "${value}" $A it's\n`,
  ],
  ["heredoc with tabs", `cat <<-EOF\n\t<${V}>\n\tEOF\n`, (value) => `<${value}>\n`],
  ["two heredocs", `cat <<A; cat <<B\n<${V}>\nA\n(${V})\nB\n`, (value) => `<${value}>\n(${value})\n`],
  ["after a heredoc", `cat <<EOF | cat\nit's "\nEOF\nprintf '<%s>' ${V}`, (value) => `it's "\n<${value}>`],
  [
    "after a quoted heredoc",
    `cat <<'EOF'\nit's $( " \`\nEOF\nprintf '<%s>' ${V}`,
    (value) => `it's $( " \`\n<${value}>`,
  ],
  ["substitution in a heredoc", `cat <<EOF\n$(printf '<%s>' "${V}")\nEOF\n`, (value) => `<${value}>\n`],
  ["heredoc in a substitution", `X=$(cat <<EOF\n<${V}>\nEOF\n); printf %s "$X"`],
  ["line continuation", `printf \\\n'<%s>' \\\n${V}`],
  ["default of a variable", `unset U; printf '<%s>' "\${U:-${V}}"`],
  ["bare default of a variable", `unset U; printf '<%s>' \${U:-${V}}`],
  [
    "default after a backslash",
    `unset U; printf '<%s>' "\${U:-\\${V}}" \${U:-\\${V}}`,
    (value) => `<\\${value}><${value}>`,
  ],
  ["two quoted heredocs", `cat <<'A'; cat <<"B"\n$x${V}\nA\n\`${V}\nB\n`, (value) => `$x${value}\n\`${value}\n`],
  [
    "heredoc after one in a substitution",
    `cat <<'A' "$(cat <<'B' >&2\n${V}\nB\necho /dev/null)" -\n<${V}>\nA\n`,
    (value) => `<${value}>\n`,
  ],
  ["after a pattern with a parenthesis", `case x in x) printf '<%s>' ${V} $((1)) ;; esac`, (value) => `<${value}><1>`],
  ["default with an escaped brace", `unset U; printf '<%s>' "\${U:-\\}${V}}"`, (value) => `<}${value}>`],
  ["default with apostrophes", `unset U; printf '<%s>' "\${U:-'${V}'}"`, (value) => `<'${value}'>`],
  ["pattern of a variable", `F=${V}/x; printf '<%s>' "\${F#${V}}"`, () => "</x>"],
  ["bare pattern of a variable", `F=${V}/x; printf '<%s>' \${F#${V}}`, () => "</x>"],
  ["case word and pattern", `case ${V} in other) ;; ${V}) printf '<yes>' ;; *) printf '<no>' ;; esac`, () => "<yes>"],
  ["case in a substitution", `X=$(case x in (y) ;; x) printf '<%s>' ${V};; esac); printf %s "$X"`],
  ["redirection", `printf '<%s>' ${V} >out-${"$$"}; cat out-$$; rm out-$$`],
  ["redirection of errors", `printf '<%s>' ${V} 2>&1`],
  ["condition", `if [ ${V} = ${V} ]; then printf '<yes>'; fi`, () => "<yes>"],
  ["for loop", `for x in ${V} end; do printf '<%s>' "$x"; done`, (value) => `<${value}><end>`],
  ["function", `f() { printf '<%s>' "$1"; }\nf ${V}`],
  ["subshell and group", `( { printf '<%s>' ${V}; } )`],
  ["after a dollar", `printf '<%s>' $${V} "$${V}"`, (value) => `<$${value}><$${value}>`],
  ["after a backslash", `printf '<%s>' \\${V} "\\${V}"`, (value) => `<${value}><\\${value}>`],
  ["after a dollar in backticks", `printf %s "\`printf '<%s>' "$${V}"\`"`, (value) => `<$${value}>`],
  ["and, or, pipe", `true && printf '<%s>' ${V} | cat || false`],
  ["argument of sh -c", `sh -c 'printf "<%s>" "$1"' sh ${V}`],
  [
    "masked text for sed",
    `printf %s x | sed "s/x/<$(printf %s ${V} | tr '\\n' ' ' | sed 's/[&/\\]/\\\\&/g')>/"`,
    (value) => `<${value.replaceAll("\n", " ")}>`,
  ],
  ["argument of awk -v", `awk -v x=1 'BEGIN { printf "<" ARGV[1] ">" }' ${V}`],
];

const BASH_SCRIPTS: typeof SCRIPTS = [
  ["ansi quotes", `printf '<%s>' $'it\\'s ${V}\\t.'`, (value) => `<it's ${value}\t.>`],
  ["here string", `X=$(cat <<<${V}); printf '<%s>' "$X"`],
  ["array", `A=(one ${V} "${V}"); printf '<%s>' "\${A[1]}" "\${#A[@]}"`, (value) => `<${value}><3>`],
  ["process substitution", `cat <(printf '<%s>' ${V})`],
  ["double brackets", `[[ ${V} == ${V} && ( -n x || -z ${V} ) ]] && printf '<yes>'`, () => "<yes>"],
  ["replacement", `X=a; printf '<%s>' "\${X/a/${V}}"`],
  [
    "subscripts of a map",
    `declare -A M=([k${V}]=1); M["k${V}"]=2; M[k${V}]+=3; printf '<%s>' "\${!M[@]}" "\${M[@]}"`,
    (value) => `<k${value}><23>`,
  ],
  ["test over two lines", `[[ -n x &&\n ${V} == ${V} ]] && printf '<yes>'`, () => "<yes>"],
  ["turned subshell", `!(printf '<%s>' ${V}) || true`],
  ["function on one line", `function show { printf '<%s>' ${V}; }\nshow`],
  ["locale string", `printf '<%s>' $"${V}"`],
  ["extended pattern", `[[ ${V} == @(x|${V}) ]] && printf '<yes>'`, () => "<yes>"],
];

const ARITHMETIC: readonly (readonly [string, string, (value: number) => string])[] = [
  ["arithmetic", `printf '<%s>' $((${V} + 1))`, (value) => `<${value + 1}>`],
  [
    "arithmetic with backticks and a continued line",
    `printf '<%s>' "$((\`printf 1 # ${V}\n\` \\\n * ${V}))"`,
    (value) => `<${value}>`,
  ],
  ["default in arithmetic", `unset U; printf '<%s>' $((\${U:-${V}} + 1))`, (value) => `<${value + 1}>`],
  ["quoted default in arithmetic", `unset U; printf '<%s>' "$((\${U:-"${V}"} + 1))"`, (value) => `<${value + 1}>`],
  ["quoted arithmetic", `printf '<%s>' "$(( (${V}) * 2 ))"`, (value) => `<${value * 2}>`],
  ["arithmetic in a heredoc", `cat <<EOF\n$((${V} - 1))\nEOF\n`, (value) => `${value - 1}\n`],
];
const BASH_ARITHMETIC: typeof ARITHMETIC = [
  ["arithmetic command", `((x = ${V} + 1)) || true; printf '<%s>' "$x"`, (value) => `<${value + 1}>`],
  [
    "arithmetic for loop",
    `for ((x = ${V}; x <= ${V}; x++)); do printf '<%s>' "$((x + 1))"; done`,
    (value) => `<${value + 1}>`,
  ],
  ["old arithmetic", `printf '<%s>' $[${V} + 1]`, (value) => `<${value + 1}>`],
];

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "sluice-shell-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Runs the script once per value, each in a subshell, and gives what each printed. */
function run(shell: string, script: string, values: readonly string[]): readonly string[] {
  const rewritten = rewriteCommands(commandsOf(script), shellOf(shell === "bash" ? "bash" : undefined));
  expect(rewritten.problems).toEqual([]);
  const quote = (value: string) => `'${value.replaceAll("'", `'\\''`)}'`;
  const text = values
    .map((value) => {
      const variables = rewritten.variables.map(({ name }) => `${name}=${quote(value)}\n`).join("");
      return `(\n${variables}${rewritten.text}\n)\nprintf '\\001'\n`;
    })
    .join("");
  writeFileSync(join(directory, "script"), text);
  const { stdout } = spawnSync(shell, ["script"], { cwd: directory, encoding: "utf8" });
  expect(existsSync(join(directory, "PWNED"))).toBe(false);
  return stdout.split("\u0001").slice(0, -1);
}

for (const shell of ["sh", "dash", "bash"]) {
  describe(shell, () => {
    const scripts = shell === "bash" ? [...SCRIPTS, ...BASH_SCRIPTS] : SCRIPTS;
    for (const [title, script, expected = show] of scripts) {
      test(title, () => {
        expect(run(shell, script, VALUES)).toEqual(VALUES.map((value) => expected(value)));
      });
    }

    const arithmetic = shell === "bash" ? [...ARITHMETIC, ...BASH_ARITHMETIC] : ARITHMETIC;
    test.each(arithmetic)("%s", (_, script, expected) => {
      expect(run(shell, script, ["7", "-3", "0"])).toEqual([7, -3, 0].map(expected));
      // What is no whole number is an error of the arithmetic, never code and never 0.
      for (const printed of run(shell, script, VALUES)) expect(printed).not.toMatch(/\d/);
    });
  });
}
