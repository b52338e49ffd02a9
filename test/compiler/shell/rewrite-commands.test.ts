import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rewriteCommands } from "../../../compiler/shell/rewrite-commands.ts";
import { shellOf } from "../../../compiler/shell/shell-of.ts";
import { commandsOf } from "./commands-of.ts";

const rewrite = (script: string, shell?: string) => rewriteCommands(commandsOf(script), shellOf(shell));
const V = "${{ outputs.repo.commit }}";

describe("rewriteCommands", () => {
  test("the published example", () => {
    const { text, variables, problems } = rewrite(
      "cd ${dirs.repo} # file reference\nmake GIT_COMMIT=${outputs.repo.commit} # value ${outputs.repo.commit}\n",
    );
    expect(text).toBe(
      'cd "${SLUICE_1}" # file reference\nmake GIT_COMMIT="${SLUICE_2}" # value ${outputs.repo.commit}\n',
    );
    expect(variables.map(({ name, reference }) => [name, reference.kind])).toEqual([
      ["SLUICE_1", "dir"],
      ["SLUICE_2", "output"],
    ]);
    expect(problems).toEqual([]);
  });

  test("the same reference is one variable, whatever its spelling; a random value is one per place", () => {
    expect(rewrite(`echo ${V} \${outputs.repo.commit}`).text).toBe('echo "${SLUICE_1}" "${SLUICE_1}"');
    expect(rewrite("echo ${{ random.string }} ${{ random.string }}").text).toBe('echo "${SLUICE_1}" "${SLUICE_2}"');
  });

  test("outside quotes a modifier's quotes would be the shell's, so they are left out", () => {
    const { text, variables } = rewrite(`echo \${{ outputs.a.k.escape }} '{"k": \${{ outputs.a.k.escape }}}'`);
    expect(text).toBe(`echo "\${SLUICE_1}" '{"k": '"\${SLUICE_2}"'}'`);
    expect(variables.map(({ reference }) => reference.modifier)).toEqual([undefined, "escape"]);
  });

  test("variables of the shell stay as they are", () => {
    const script = `echo "\${URL:-http://shop}" \${#A} \${A[1]} $1 '\${B}' $((A + 1)) \`ls\`\n`;
    expect(rewrite(script)).toEqual({ text: script, variables: [], problems: [] });
  });

  test("a script without references is kept to the byte, whatever it is", () => {
    const snippet = fc.constantFrom(
      "'",
      '"',
      "`",
      "$(",
      "${",
      "$((",
      ")",
      "}",
      "<<EOF\n",
      "<<-'E'\n",
      "EOF\n",
      "\\",
      "#",
      "case x in ",
      "esac",
      ";;",
      " ",
      "\n",
      "[[",
      "]]",
      "a[",
      "$'",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(snippet, fc.string())), (parts) => {
        const script = parts.join("").replaceAll("${outputs", "").replaceAll("${dirs", "").replaceAll("${{", "");
        expect(rewrite(script)).toEqual({ text: script, variables: [], problems: [] });
      }),
    );
  });

  test("references in any text: lexing ends, and each is a variable, a comment's text or a problem", () => {
    const snippet = fc.constantFrom(
      "'",
      '"',
      "`",
      "\\`",
      "$(",
      "${",
      "$((",
      ")",
      "}",
      "<<EOF\n",
      "EOF\n",
      "\\",
      "#",
      "case ",
      " in ",
      "esac",
      ";;",
      " ",
      "\n",
      "[[ ",
      "a[",
      "$'",
      "eval ",
      V,
      V,
      V,
    );
    fc.assert(
      fc.property(fc.array(snippet, { maxLength: 30 }), (parts) => {
        const { text, variables, problems } = rewrite(parts.join(""));
        const kept = text.split(V).length - 1;
        if (kept > problems.length) expect(text).toContain("#");
        expect(variables.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });
});

test.each([
  ["a quote", `echo ${V} "a\\`],
  ["a redirection", `echo ${V} >`],
  ["an escape", `echo ${V} \\`],
  ["ansi quotes", `echo ${V} $'a\\`],
  ["a delimiter", `echo ${V} <<`],
  ["an escaped delimiter", `echo ${V} <<\\`],
  ["a quoted delimiter", `echo ${V} <<'E`],
  ["backticks", `echo ${V} \`echo ${V}`],
  ["backticks in a heredoc", `cat <<E\n\`echo ${V}\nE\n`],
  ["a substitution in a heredoc", `cat <<E\n$(echo ${V}\nE\n`],
  ["an expansion", `echo ${V} \${A:-`],
  ["arithmetic", `echo ${V} $((1 +`],
])("a script that ends in %s is written as it is", (_, script) => {
  const { problems, text } = rewrite(script, "bash");
  expect(text.replaceAll(/"?\$\{SLUICE_1\}"?/g, V)).toBe(script);
  expect(problems).toEqual([]);
});

test.each([
  [
    "a loop over numbers",
    `for ((i=0; i<3; i++)); do echo ${V}; done`,
    'for ((i=0; i<3; i++)); do echo "${SLUICE_1}"; done',
  ],
  ["arithmetic of old", `echo $[ a[1] + ${V} ]`, `echo $[ a[1] + $(printf %d " \${SLUICE_1}" || echo '#') ]`],
  ["a backslash in arithmetic", `echo $((1 \\+ 2)) ${V}`, 'echo $((1 \\+ 2)) "${SLUICE_1}"'],
  ["a backslash in a default", `echo \${A:-\\}} ${V}`, 'echo ${A:-\\}} "${SLUICE_1}"'],
  ["a backslash before a default", `echo \${A:-\\${V}}`, 'echo ${A:-"${SLUICE_1}"}'],
  ["a backslash before a default in quotes", `echo "\${A:-\\${V}}"`, 'echo "${A:-\\\\${SLUICE_1}}"'],
])("%s", (_, script, text) => {
  expect(rewrite(script, "bash")).toMatchObject({ text, problems: [] });
});

test("a backslash before a reference in ansi quotes is text", () => {
  expect(rewrite(`echo $'a\\${V}'`, "bash").text).toBe(`echo $'a\\\\'"\${SLUICE_1}"$''`);
});

describe("problems", () => {
  test.each([
    ["quoted heredoc", `cat <<'END OF IT'\n${V}\nEND OF IT\n`, "lower/reference-in-quoted-heredoc", "a quoted heredoc"],
    ["escaped delimiter", `cat <<\\$E\n${V}\n$E\n`, "lower/reference-in-quoted-heredoc", "a quoted heredoc"],
    ["ansi quotes of sh", `echo $'${V}'`, "lower/reference-in-ansi-quotes", "sh"],
    ["name of a variable", `echo \${${V}}`, "lower/reference-as-name", "${…}"],
    ["eval", `eval "echo ${V}"`, "lower/reference-as-code", "eval"],
    ["eval after assignments and wrappers", `A=1 command eval ${V}`, "lower/reference-as-code", "eval"],
    ["trap", `trap 'rm ${V}' EXIT`, "lower/reference-as-code", "trap"],
    ["let", `let x=${V}`, "lower/reference-as-code", "let"],
    ["sh -c", `sh -c "make ${V}"`, "lower/reference-as-code", "sh -c"],
    ["bash -ec after a wrapper", `sudo /bin/bash -ec 'make ${V}'`, "lower/reference-as-code", "bash -ec"],
    ["python", `python3 -c 'print("${V}")'`, "lower/reference-as-code", "python3 -c"],
    ["node", `node -e "console.log('${V}')"`, "lower/reference-as-code", "node -e"],
    ["awk", `awk -F , '{ print "${V}" }' file`, "lower/reference-as-code", "awk"],
    ["heredoc for python", `python3 - <<EOF\nprint("${V}")\nEOF\n`, "lower/reference-as-code", "python3"],
    ["heredoc for a shell elsewhere", `ssh host sh -s <<EOF\necho ${V}\nEOF\n`, "lower/reference-as-code", "sh"],
    ["subscript", `echo \${A[${V}]}`, "lower/reference-as-code", "a subscript"],
    ["offset", `echo \${A:${V}:1}`, "lower/reference-as-code", "a subscript"],
    ["assignment to an element", `A[${V}]=x`, "lower/reference-as-code", "a subscript"],
    ["arithmetic test", `[[ ${V} -gt 3 ]]`, "lower/reference-as-code", "[[ -gt ]]"],
    ["arithmetic test after another", `[[ -n x && 3 -le "${V}" ]]`, "lower/reference-as-code", "[[ -le ]]"],
    ["integer declaration", `declare -i x=${V}`, "lower/reference-as-code", "declare"],
    ["declared name", `export ${V}=1`, "lower/reference-as-code", "export"],
    ["test of a variable", `test -v ${V}`, "lower/reference-as-code", "test -v"],
    ["unset", `unset ${V}`, "lower/reference-as-code", "unset"],
    ["inside a substitution", `X=$(true; eval ${V})`, "lower/reference-as-code", "eval"],
    ["inside backticks", `X=\`eval ${V}\``, "lower/reference-as-code", "eval"],
    ["after then", `if true; then eval ${V}; fi`, "lower/reference-as-code", "eval"],
    ["in a case", `case x in x) eval ${V};; esac`, "lower/reference-as-code", "eval"],
  ])("%s", (_, script, code, reader) => {
    expect(rewrite(script).problems.map((problem) => [problem.code, problem.reader])).toEqual([[code, reader]]);
  });

  test.each([
    ["eval of something else", `eval "$(ssh-agent)"; echo ${V}`],
    ["argument of sh -c", `sh -c 'make "$1"' sh ${V}`],
    ["argument of a script", `python3 build.py ${V}`],
    ["heredoc that is data", `python3 build.py <<EOF\n${V}\nEOF\n`],
    ["trap's signal", `trap true ${V}`],
    ["value of a declaration", `export A=${V} && local B=${V}`],
    ["single brackets", `[ ${V} -gt 3 ]`],
    ["a word that is eval only in part", `echo eval ${V}`],
    ["comment", `# eval ${V}`],
    ["awk -v", `awk -v x=${V} '{ print x }' file`],
    ["file called sh", `cat sh ${V}`],
  ])("none for %s", (_, script) => {
    expect(rewrite(script).problems).toEqual([]);
  });

  test("every reference for a program that is no known shell", () => {
    const { problems, text } = rewrite(`print("${V}")`, "perl");
    expect(text).toBe(`print("${V}")`);
    expect(problems).toMatchObject([{ code: "lower/reference-in-other-shell", reader: "perl" }]);
    expect(problems[0]?.help).toContain("ACTION_VALUE");
  });
});

test.each([
  [undefined, ["sh", "-e"], "posix", undefined],
  ["", ["sh", "-e"], "posix", undefined],
  ["bash", ["bash", "-e"], "bash", undefined],
  ["/bin/bash -x", ["/bin/bash", "-x"], "bash", undefined],
  ["/usr/bin/env bash", ["/usr/bin/env", "bash", "-e"], "bash", undefined],
  ["busybox sh", ["busybox", "sh", "-e"], "posix", undefined],
  ["python3 -u", ["python3", "-u"], undefined, "python"],
  ["/usr/bin/env python", ["/usr/bin/env", "python"], undefined, "python"],
  ["python3 -m pytest", ["python3", "-m", "pytest"], undefined, undefined],
  ["python2", ["python2"], undefined, undefined],
  ["node --no-warnings", ["node", "--no-warnings"], undefined, "node"],
  ["perl", ["perl"], undefined, undefined],
])("shell %j is run as %j", (shell, argv, dialect, language) => {
  expect(shellOf(shell)).toEqual({ argv, dialect, language });
});
