import { inBuild, inCommands, inShop, inStages, type Mistake } from "./mistake.ts";

/** Wrong references. */
export const REFERENCE_MISTAKES: readonly Mistake[] = [
  // References.
  inCommands("a reference that stays open", "read/unclosed-placeholder", "make ▸${{ dirs.repo"),
  inCommands("a reference to nothing", "read/empty-placeholder", "make ▸${{ }}"),
  inCommands("a reference without spaces", "read/placeholder-spacing", "make ▸${{dirs.repo}}"),
  inCommands("a reference with a blank", "read/space-in-reference", "make ▸${{ dirs.re po }}"),
  inBuild("an expression as a value", "read/expression-in-value", "commands: make ▸${{ 1 + 1 }}"),
  inCommands("a misspelled namespace", "read/misspelled-reference", "make ▸${{ output.repo.commit }}"),
  inCommands("no namespace", "read/unknown-placeholder", "make ▸${{ shop }}"),
  inCommands("single braces for a config", "read/single-brace", "make ▸${configs.registry}"),
  inCommands("an output without its name", "read/output-without-key", "make ▸${{ outputs.repo }}"),
  inCommands("an unknown modifier", "read/unknown-modifier", "make ▸${{ outputs.repo.commit.upper }}"),
  inCommands("a malformed old reference", "read/bad-legacy-reference", "make ▸${repo:OUTPUTS:commit}"),
  inStages(
    "a directory of nobody in a value",
    "read/looks-like-alias",
    '- stage:\n  - echo: {params: {text: "▸${maven-pack}/image"}}',
  ),
  inCommands("nearly an alias", "read/looks-like-alias", "make ▸${re-po}"),
  inCommands("an unknown random value", "read/unknown-random-type", "make ▸${{ random.strng }}"),
  inCommands("what is not base64", "read/bad-base64", "make ▸${{ base64-decode.a* }}"),
  inCommands("an unknown action", "validate/unknown-action-reference", "make ▸${{ outputs.rpo.commit }}"),
  inCommands("an unknown directory", "validate/unknown-directory", "make ▸${{ dirs.rpo }}"),
  inCommands("an unknown param", "validate/unknown-param-reference", "make ▸${{ params.targt }}"),
  inCommands("an output that is not declared", "validate/undeclared-output", "make ▸${{ outputs.repo.comit }}"),
  inCommands("a directory by its path", "validate/directory-by-path", "cd ▸../repo && make"),
  inCommands("a directory as if it were the own", "validate/directory-by-path", "cd ▸repo && make"),
  inCommands("a directory without a slash", "validate/directory-without-slash", "cat ▸${{ dirs.repo }}app.txt"),
  inShop("an output that is a text", "validate/output-without-reference", {
    top: "outputs: [{name: version, ref: ▸hello}]",
  }),
  inShop("an output without braces", "validate/output-without-reference", {
    top: "outputs: [{name: commit, ref: ▸outputs.repo.commit}]",
  }),
  inCommands("an output as on GitHub", "validate/of-github", 'echo "version=1" >> ▸$GITHUB_OUTPUT'),
  inCommands("a commit as on GitHub", "validate/of-github", "echo ▸${GITHUB_SHA}"),
  inBuild("a command of GitHub", "validate/of-github", "commands: 'echo \"▸::set-output name=version::1\"'"),
  inCommands("braces without a dollar sign", "validate/reference-as-text", "make ▸{{ params.target }}"),
  inCommands("one brace and blanks", "validate/reference-as-text", "make ▸${ params.target }"),
  inCommands("brackets of arithmetic", "validate/reference-as-text", "make ▸$(( params.target ))"),
  inCommands("an output without its namespace", "read/misspelled-reference", "make ▸${{ repo.commit }}"),
  inCommands("an output behind its action", "read/misspelled-reference", "make ▸${{ repo.outputs.commit }}"),
  inCommands("an output in one brace", "read/misspelled-reference", "make ▸${repo.commit}"),
  inCommands("a reference with a default", "read/expression-in-value", "make ▸${{ params.target || 'x' }}"),
  inStages(
    "an output in another case",
    "validate/output-not-checked",
    "- stage:\n  - custom-script: {alias: a, commands: 'echo version=1 >> $METAFILE'}\n- stage:\n  - custom-script: {alias: b, commands: 'ls ▸${{ outputs.a.Version }}'}",
  ),
  inCommands("an action's own directory", "validate/self-reference", "make ▸${{ dirs.build }}"),
  inCommands("an action of a later stage", "validate/later-reference", "make ▸${{ dirs.package }}"),
  inStages(
    "an action of the same stage",
    "validate/parallel-reference",
    "- stage:\n  - custom-script: {alias: a, commands: make}\n  - custom-script: {alias: b, commands: 'ls ▸${{ dirs.a }}'}",
  ),
  inStages(
    "a disabled action",
    "validate/disabled-reference",
    "- stage:\n  - custom-script: {alias: a, disable: true}\n- stage:\n  - custom-script: {alias: b, commands: 'ls ▸${{ dirs.a }}'}",
  ),
  inStages(
    "an output of a disabled action",
    "validate/disabled-output",
    "- stage:\n  - custom-script: {alias: a, disable: true}\n- stage:\n  - custom-script: {alias: b, commands: 'ls ▸${{ outputs.a.k }}'}",
  ),
  inStages(
    "an output that nobody declares",
    "validate/output-not-checked",
    "- stage:\n  - custom-script: {alias: b, commands: 'ls ▸${{ outputs.build.version }}'}",
  ),
  inCommands("a word of GitHub Actions", "read/misspelled-reference", "make ▸${{ github.sha }}"),
  inShop("an output before there is one", "validate/reference-too-early", {
    top: 'envs: {COMMIT: "▸${{ outputs.repo.commit }}"}',
  }),
];
