import { describe, expect, test } from "vitest";
import { compile, fixFile } from "../../../../compiler/index.ts";
import { SHOP_CONTEXT } from "../../compile-context.ts";

const pipeline = (...stages: readonly string[]) =>
  `version: "1.1"\nstages:\n${stages.map((actions) => `- stage:\n${actions}`).join("")}`;
const REPO = "  - git-checkout: {alias: repo, params: {uri: https://git.example/shop.git}}\n";
const script = (commands: string) =>
  `  - custom-script:\n      commands: |\n${commands.replace(/^(?=.)/gm, "        ")}\n`;
const codesOf = (text: string) =>
  compile({ name: "pipeline.yaml", text }, SHOP_CONTEXT).diagnostics.map(({ code, span }) => [
    code,
    text.slice(span.start, span.end),
  ]);

describe("a directory that is reached by its path", () => {
  test.each([
    ["from the action's own", "cd ../repo/services", "../repo"],
    ["below $CONTEXTDIR", "ls $CONTEXTDIR/repo", "$CONTEXTDIR/repo"],
    ["below ${CONTEXTDIR}", 'ls "${CONTEXTDIR}/repo"', "${CONTEXTDIR}/repo"],
    ["from the folder above", "cd ..\nrepo/build.sh", "repo"],
    ["as if it were below the action's own", "set -x\ncd repo && make", "repo"],
    ["with a dot", "# builds\n\ncat ./repo/version.txt | head", "./repo"],
    ["as the program", "echo starts; repo/build.sh --fast", "repo"],
    ["after looking elsewhere", "ls -la\nls repo", "repo"],
  ])("%s is not there", (_, commands, marked) => {
    const text = pipeline(REPO, script(commands));
    expect(codesOf(text)).toEqual([["validate/directory-by-path", marked]]);
    const { file, left } = fixFile({ name: "pipeline.yaml", text }, SHOP_CONTEXT);
    expect(left).toEqual([]);
    const [before, after] = [text.slice(0, text.indexOf("commands")), text.slice(text.indexOf("commands"))];
    expect(file.text).toBe(before + after.replace(marked, "${{ dirs.repo }}"));
  });

  test("is not looked for in the commands of a type that nobody knows, whose script may have made it", () => {
    const text = pipeline(REPO, "  - packer: {commands: 'cd repo; ls ${{ dirs.repo }}'}\n");
    expect(codesOf(text)).toEqual([["validate/unknown-action", "packer"]]);
  });

  test.each([
    ["the action refers to it", REPO, script("cd ../repo\nls ${{ dirs.repo }}")],
    ["no action is called so", REPO, script("ls ${{ dirs.repo }} ../docs\ncd ..\ndocs/build.sh")],
    ["it is a path inside another", REPO, script("cd ${{ dirs.repo }}/../repo && cp a/../repo b")],
    ["the commands may have made it", REPO, script("ls ${{ dirs.other }}\nmkdir repo\ncd repo")],
    ["a command before is somewhere else", REPO, script("ls ${{ dirs.other }}\ncd src\ncat repo/a")],
    ["a line is written there", REPO, script("ls ${{ dirs.other }}\necho 1 > repo/a\ncat repo/a")],
    ["the name is another's", REPO, script("ls ${{ dirs.other }}\ncat repository/a -repo/ $repo/a")],
    ["the shell makes the name", REPO, script("ls ${{ dirs.other }}\ncd 're'po; cat a")],
    ["YAML writes the name otherwise", REPO, '  - custom-script: {commands: "ls ${{ dirs.other }}; cd re\\x70o"}\n'],
    ["the action has no commands", REPO, "  - echo: {params: {text: ../repo}}\n"],
  ])("is not meant where %s", (_, repo, ...stages) => {
    const others = "  - custom-script: {alias: other, commands: 'ls ${{ dirs.repo }}'}\n";
    expect(codesOf(pipeline(repo, others, ...stages))).toEqual([]);
  });

  test("of the same stage or of a disabled action is another mistake", () => {
    expect(codesOf(pipeline(REPO + script("cd ../repo")))).toEqual([]);
    expect(codesOf(pipeline(REPO.replace("{alias", "{disable: true, alias"), script("cd ../repo")))).toEqual([]);
  });

  test("is told once for each directory", () => {
    expect(codesOf(pipeline(REPO, script("cd ../repo\nls ../repo\nls $CONTEXTDIR/repo")))).toHaveLength(1);
  });
});

describe("the version of a type", () => {
  const codes = (version: string) =>
    codesOf(pipeline(`  - echo: {version: ${version}, params: {text: a}}\n`)).map(([code]) => code);

  test.each(['"1.0"', "1.0", "1"])("%s is the one there is", (version) => expect(codes(version)).toEqual([]));

  test("is told once for all actions that ask for it", () => {
    const ask = (alias: string, version: string) => `  - echo@${version}: {alias: ${alias}, params: {text: a}}\n`;
    const text = pipeline(ask("a", "7.0") + ask("b", "7.0") + ask("c", "8.0"));
    const { diagnostics } = compile({ name: "pipeline.yaml", text }, SHOP_CONTEXT);
    expect(diagnostics.map(({ message, related }) => [message, related?.length])).toEqual([
      ['"echo" has no version "7.0", so its version 1.0 is used.', 1],
      ['"echo" has no version "8.0", so its version 1.0 is used.', undefined],
    ]);
  });

  test("another one is told with the one that runs", () => {
    expect(codes('"7.0"')).toEqual(["validate/unknown-version"]);
    expect(codes('"${{ params.v }}"')).toEqual(["validate/reference-without-effect"]);
  });
});

test.each([
  ["./shop", true],
  ["..", true],
  ["https://git.example/shop.git", false],
  ["/srv/shop.git", false],
  ["((gittar.repo))", false],
  ["12", false],
])("the repository %s: is relative: %s", (uri, isRelative) => {
  const text = pipeline(`  - git-checkout: {params: {uri: ${uri}}}\n`);
  expect(codesOf(text).map(([code]) => code)).toEqual(isRelative ? ["validate/relative-repository"] : []);
});

describe("the default of a param", () => {
  test.each([
    ["int", "3", []],
    ["int", '"-3"', []],
    ["int", '""', []],
    ["int", "3.5", ["validate/wrong-default-type"]],
    ["int", "[1]", ["validate/wrong-default-type"]],
    ["boolean", "true", []],
    ["boolean", '"false"', []],
    ["boolean", "maybe", ["validate/wrong-default-type"]],
    ["string", "3", []],
    ["string", "{a: b}", ["validate/wrong-default-type"]],
    ["int", '"${{ random.integer }}"', []],
  ])("%s: %s", (type, value, codes) => {
    const text = `params: [{name: copies, type: ${type}, default: ${value}}]\n${pipeline("  - custom-script: {commands: make}\n")}`;
    expect(codesOf(text).map(([code]) => code)).toEqual(codes);
  });
});

test("an output of a disabled action: what comes of it depends on where the reference stands", () => {
  const text = `outputs: [{name: k, ref: "\${{ outputs.a.k }}"}]\n${pipeline(
    "  - custom-script: {alias: a, disable: true}\n",
    "  - custom-script: {alias: b, commands: \"make ${{ outputs.a.k }}\", if: \"${{ '${{ outputs.a.k }}' != '' }}\"}\n",
  )}`;
  const { compilation, diagnostics } = compile({ name: "pipeline.yaml", text }, SHOP_CONTEXT);
  expect(diagnostics.map(({ help }) => help)).toEqual([
    'The output will be missing; remove "disable: true" from "a", or the reference.',
    '"b" fails when its turn comes; remove "disable: true" from "a", or the reference.',
    'It is the empty text here; remove "disable: true" from "a", or the reference.',
  ]);
  expect(compilation).toBeDefined();
});

test("an output that nobody declares is told once, with its other uses", () => {
  const uses = ["b", "c", "d"].map(
    (alias) => `  - custom-script: {alias: ${alias}, commands: "ls \${{ outputs.a.k }}"}\n`,
  );
  const text = pipeline("  - custom-script: {alias: a, commands: make}\n", uses.join(""));
  const { diagnostics } = compile({ name: "pipeline.yaml", text }, SHOP_CONTEXT);
  expect(diagnostics.map(({ code, related }) => [code, related?.length])).toEqual([["validate/output-not-checked", 2]]);
});

test("an image with references stands in the plan as a template, on executors with containers", () => {
  const text = (executor: string) =>
    `params: [{name: tag}]\n${pipeline(`  - custom-script: {executor: ${executor}, image: "node:\${{ params.tag }}", commands: make}\n`)}`;
  const image = (executor: string) =>
    compile({ name: "pipeline.yaml", text: text(executor) }, SHOP_CONTEXT).compilation?.plan.actions[0]?.image;
  expect(image("build")).toMatchObject({ kind: "template", parts: ["node:", { kind: "param", name: "tag" }] });
  expect(image("local")).toBe("alpine:3");
});
