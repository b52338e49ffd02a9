import { describe, expect, test } from "vitest";
import { compile } from "../../../compiler/index.ts";
import { rewriteCommands } from "../../../compiler/shell/rewrite-commands.ts";
import { shellOf } from "../../../compiler/shell/shell-of.ts";
import { SHOP_CONTEXT } from "../compile-context.ts";
import { commandsOf } from "./commands-of.ts";

const V = "${{ outputs.repo.commit }}";
/** So long that what takes the square of it takes minutes. */
const LENGTH = 500_000;

/** As many times as fit into some share of the length. */
const fill = (text: string, share = 1) => text.repeat((LENGTH * share) / text.length);
const each = (textOf: (n: number) => string) =>
  Array.from({ length: LENGTH / textOf(0).length }, (_, n) => textOf(n)).join("");
const around = (open: string, inner: string, close: string) => {
  const depth = LENGTH / 2 / (open.length + close.length);
  return open.repeat(depth) + inner + close.repeat(depth);
};

function rewrite(script: string, shell: string) {
  const { problems, text, variables } = rewriteCommands(commandsOf(script), shellOf(shell));
  const reported = new Set(problems.map(({ code, reference }) => `${code} ${reference.reference.span.start}`));
  return { text, variables: variables.length, problems: problems.length, reported: reported.size };
}

describe.each([
  ["sh", "shells", `echo ${fill(`${V} sh `)}`],
  ["sh", "interpreters", `echo ${V} ${fill("python ")}`],
  ["sh", "options that awk may have", `${fill("awk -v ", 0.5)}'${fill(V, 0.5)}'`],
  ["sh", "shells that are given one program", `${fill("sh ", 0.5)} -c "${fill(V, 0.5)}"`],
  ["sh", "clients that are given many statements", `${fill("sqlite3 ", 0.5)} ${fill(`${V} `, 0.5)}`],
  ["sh", "programs that sed is given", `${fill("sed ", 0.5)} ${fill(`-e ${V} `, 0.5)}`],
  ["sh", "shells that read what is printed", `echo ${fill(`${V} `, 0.5)} ${fill("| sh ", 0.5)}`],
  ["sh", "words of a command that reads a heredoc", `cat <<E | ${fill("sh x ")}\n${V}\nE\n`],
  ["sh", "substitutions that are left open", `echo ${V} ${fill("$(")}`],
  ["sh", "substitutions that print what others print", around("$(echo ", fill(`${V} `, 0.5), ")")],
  ["sh", "substitutions that are run and printed", around("$(echo ", fill(`${V} `, 0.5), " | sh)")],
  ["sh", "defaults that are left open", `echo ${V} ${fill("${a:-")}`],
  ["sh", "defaults in defaults", around("${a:-", fill(V, 0.5), "}")],
  ["bash", "arithmetic of old", `echo ${V} ${fill("$[")}`],
  ["sh", "parentheses", `echo ${V}; ${fill("(")}`],
  ["sh", "subshells that shells read", around("( ", `echo ${fill(`${V} `, 0.5)}`, ") | sh;")],
  ["sh", "groups in groups", `X=$(${around("{ ", `echo ${V}`, "; }")})`],
  ["sh", "choices in choices", `echo ${V}\n${around("if x; then ", "true;", "fi;")}`],
  ["sh", "heredocs of one line", `echo ${V}\ncat ${each((n) => `<<-E${n} `)}\n${V}\nE1\n`],
  ["sh", "heredocs in heredocs", `echo ${V}\n${fill("$(cat <<E\n")}`],
  ["sh", "backticks", fill(`\`echo ${V}\` `)],
  ["bash", "a word of references", fill("a", 0.5) + fill(`a${V}`, 0.5)],
  ["bash", "a subscript of references", `a[${fill("a", 0.5)}${fill(`a${V}`, 0.5)}`],
  ["bash", "patterns in patterns", `${fill("x@(")}${V}`],
  ["bash", "lists in lists", `${fill("x=(")}${V}`],
  ["python3", "raw texts", fill(`x = r"a ${V}"\n`)],
  ["python3", "f-strings in f-strings", `x = ${V} + ${fill(`f"{f'{`)}`],
  ["python3", "formats in formats", `x = ${V} + f"${fill("{a:")}`],
  ["python3", "calls in calls", fill("run(", 0.5) + fill(`${V},`, 0.5)],
  ["node", "texts", fill(`x = "a ${V}";\n`)],
  ["node", "templates in templates", around("`${", V, "}`")],
  ["node", "calls in calls", fill("spawn(", 0.5) + fill(`${V},`, 0.5)],
])("%s: half a megabyte of %s", (shell, _, script) => {
  test("is read once, and each reference is reported at most once", () => {
    const { problems, reported, variables } = rewrite(script, shell);
    expect(variables + Math.min(problems, 1)).toBeGreaterThan(0);
    expect(reported).toBe(problems);
  });
});

test("groups in groups are looked at once, not twice each", () => {
  const { problems } = rewrite(
    `X=$(${"{ ".repeat(60)}echo ${V}${"; }".repeat(60)}) ; eval "${"$(echo ".repeat(60)}${V}${")".repeat(60)}"`,
    "sh",
  );
  expect(problems).toBe(1);
});

test("references in one program share the change of it", () => {
  const text = `version: "1.1"
params: [{name: note, default: x}]
stages:
- stage:
  - custom-script:
      commands: sh -c "${"${{ params.note }} ".repeat(10_000)}"
`;
  const { diagnostics } = compile({ name: "pipeline.yaml", text }, { ...SHOP_CONTEXT, mostDiagnostics: 20_000 });
  expect(diagnostics.length).toBe(10_000);
  expect(new Set(diagnostics.map(({ fixes }) => fixes?.[0])).size).toBe(1);
});
