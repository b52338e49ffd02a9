import { inBuild, inCommands, inCondition, inMachine, longPipeline, MARK, type Mistake } from "./mistake.ts";

/** Wrong expressions, values in commands, and what Step Functions cannot take. */
export const EXPRESSION_MISTAKES: readonly Mistake[] = [
  // Expressions.
  inCondition("an empty expression", "expression/empty", "${{▸ }}"),
  inCondition("an expression that ends too early", "expression/unexpected-end", "${{ 1 == ▸}}"),
  inCondition("two values without an operator", "expression/unexpected-token", "${{ 1 ▸2 }}"),
  inCondition("a character of no operator", "expression/unknown-character", "${{ 1 ▸; 2 }}"),
  inCondition("a single equals sign", "expression/unknown-operator", "${{ 1 ▸= 2 }}"),
  inCondition("an open text", "expression/unclosed-string", "${{ 1 == ▸'a }}"),
  inCondition("an unknown name", "expression/unknown-name", "${{ ▸success() }}"),
  inCondition("a word of GitHub Actions in an expression", "expression/unknown-name", "${{ ▸github.ref == 'main' }}"),
  inCondition("a malformed number", "expression/bad-number", "${{ ▸1.2.3 == 1 }}"),
  inCondition("a malformed pattern", "expression/bad-pattern", "${{ 'a' =~ ▸'[' }}"),

  inCondition("an expression too deep", "expression/too-deep", `${"(".repeat(100)}${MARK}1${")".repeat(100)} == 1`),
  inCondition("an expression too long", "expression/too-long", `${MARK}1 == ${"1".repeat(100_000)}`),

  // Values in commands.
  inCommands(
    "a value in a quoted heredoc",
    "lower/reference-in-quoted-heredoc",
    "|\n  cat <<'THE END'\n  ▸${{ dirs.repo }}\n  THE END",
  ),
  inCommands("a value that would be code", "lower/reference-as-code", 'sh -c "ls ▸${{ dirs.repo }}"'),
  inCommands("a value in a program of jq", "lower/reference-in-program", 'jq ".x = ▸${{ dirs.repo }}" page.json'),
  inCommands("a value as a command", "lower/reference-as-command", "▸${{ dirs.repo }} release"),
  inBuild(
    "a value in a number of bash",
    "lower/unchecked-number",
    "shell: bash\ncommands: n=▸${{ dirs.repo }}; echo $((n + 1))",
  ),
  inCommands("a value as the name of a variable", "lower/reference-as-name", "echo ${▸${{ dirs.repo }}}"),
  inBuild(
    "a value in a program",
    "lower/reference-in-other-shell",
    "shell: ruby\ncommands: print('▸${{ dirs.repo }}')",
  ),
  inBuild(
    "a value in quotes that only bash knows",
    "lower/reference-in-ansi-quotes",
    "shell: sh\ncommands: echo $'▸${{ dirs.repo }}'",
  ),

  // What Step Functions cannot take.
  inMachine(
    "more bytes than a definition may have",
    "lower/definition-too-large",
    longPipeline(
      1600,
      (number) => `  - custom-script: {alias: ${"step of the release ".repeat(2)}${number}, commands: make}\n`,
    ),
  ),
  inMachine(
    "a loop that may need too many events",
    "lower/loop-may-exhaust-history",
    longPipeline(0, () => "")
      .replace(MARK, "")
      .replace(
        "commands: make\n",
        `commands: make\n      timeout: -1\n      loop: ${MARK}{strategy: {max_times: -1, interval_sec: 1}}\n`,
      ),
  ),
];
