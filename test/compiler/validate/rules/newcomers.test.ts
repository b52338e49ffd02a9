import { describe, expect, test } from "vitest";
import { compile, fixFile } from "../../../../compiler/index.ts";
import { BUILT_IN_CONTEXT } from "../../built-in-context.ts";

const EMPTY_TYPE = {
  version: "1.0",
  description: "",
  params: [],
  outputs: undefined,
  image: undefined,
  script: undefined,
  native: undefined,
  executor: undefined,
};

const HEAD = 'version: "1.1"\nparams: [{name: target, default: staging}]\n';
const BUILD =
  "stages:\n- stage:\n  - custom-script: {alias: build, commands: 'echo version=1 >> $METAFILE; mkdir out'}\n";
const last = (keys: string) => `${HEAD}${BUILD}- stage:\n  - custom-script:\n      alias: test\n${keys}\n`;
const commands = (text: string) => last(`      commands: |\n        ${text.replaceAll("\n", "\n        ")}`);
const check = (text: string) => compile({ name: "pipeline.yaml", text }, BUILT_IN_CONTEXT).diagnostics;
const codes = (text: string) => check(text).map(({ code }) => code);
const helps = (text: string) => check(text).map(({ help }) => help);
const fixed = (text: string) => fixFile({ name: "pipeline.yaml", text }, BUILT_IN_CONTEXT).file.text;

describe("the ref of an output", () => {
  const outputs = (ref: string) => `${HEAD}${BUILD}outputs:\n- name: version\n  ref: ${ref}\n`;
  const right = outputs("${{ outputs.build.version }}");

  test.each(["outputs.build.version", "build.version", "build.outputs.version", "$outputs.build.version"])(
    "%s gets its braces",
    (ref) => {
      const text = outputs(ref);
      expect(check(text)).toMatchObject([{ code: "validate/output-without-reference", severity: "error" }]);
      expect(fixed(text)).toBe(right);
    },
  );

  test("quotes stay, and come where braces are written on one line", () => {
    expect(fixed(outputs("'outputs.build.version'"))).toBe(outputs("'${{ outputs.build.version }}'"));
    const flow = (ref: string) => `${HEAD}${BUILD}outputs: [{name: version, ref: ${ref}}]\n`;
    expect(fixed(flow("build.version"))).toBe(flow('"${{ outputs.build.version }}"'));
  });

  test.each(["hello", "1.0", "build", "the outputs.build version", "outputs.build version"])("%s is a text", (ref) => {
    expect(check(outputs(ref))).toMatchObject([{ code: "validate/output-without-reference", severity: "warning" }]);
    expect(fixed(outputs(ref))).toBe(outputs(ref));
  });

  test("two references are no text", () => {
    expect(check(outputs("${{ outputs.build.version }}-${{ params.target }}"))).toEqual([]);
  });
});

describe("an output that the commands visibly put out", () => {
  test.each(["Version", "versoin", "VERSION"])("is meant by %s", (name) => {
    const text = commands(`echo \${{ outputs.build.${name} }}`);
    expect(helps(text)).toEqual(['Did you mean "version"?']);
    expect(fixed(text)).toBe(commands("echo ${{ outputs.build.version }}"));
  });

  test("is not guessed of a type that has no commands and declares nothing", () => {
    const types = new Map(BUILT_IN_CONTEXT.actionTypes);
    types.set("page", { ...EMPTY_TYPE, name: "page" });
    const text = `${HEAD}stages:\n- stage:\n  - page: {}\n- stage:\n  - custom-script: {commands: 'echo \${{ outputs.page.id }}'}\n`;
    const { diagnostics } = compile({ name: "pipeline.yaml", text }, { ...BUILT_IN_CONTEXT, actionTypes: types });
    expect(diagnostics).toMatchObject([{ code: "validate/output-not-checked" }]);
  });

  test("is not meant by a name far from it", () => {
    expect(helps(commands("echo ${{ outputs.build.commit }}"))).toEqual([
      'Check the spelling; a script puts out a value with: echo "commit=value" >> "$METAFILE".',
    ]);
  });
});

describe("words of GitHub Actions", () => {
  test.each([
    ["echo $GITHUB_SHA", 'Write "${{ outputs.<alias of git-checkout>.commit }}".'],
    ["echo ${GITHUB_REF_NAME}", 'Write "${{ outputs.<alias of git-checkout>.branch }}".'],
    ['echo "a=1" >> "$GITHUB_ENV"', "Variables of all actions stand under"],
    ['echo "a=1" >> $GITHUB_STATE', 'An action puts out a value with: echo "name=value" >> "$METAFILE".'],
    ["cd $GITHUB_WORKSPACE", 'The action\'s own directory is "$WORKDIR"'],
    ["echo $GITHUB_RUN_ID", "What belongs to a run"],
    ['echo "::set-output name=a::1"', 'An action puts out a value with: echo "name=value" >> "$METAFILE".'],
    ['echo "::set-env name=a::1"', "Variables of all actions stand under"],
    ['echo "::add-mask::1"', "Values of secrets are masked by themselves"],
  ])("%s", (line, help) => {
    expect(codes(commands(line))).toEqual(["validate/of-github"]);
    expect(helps(commands(line))[0]).toContain(help);
  });

  test("a checkout is named, and each word told once", () => {
    const repo = "- stage:\n  - git-checkout: {alias: repo, params: {uri: https://git.example/shop.git}}\n";
    const text = commands("echo $GITHUB_SHA ${GITHUB_SHA} ${{ dirs.repo }}").replace("stages:\n", `stages:\n${repo}`);
    expect(helps(text)).toEqual(['Write "${{ outputs.repo.commit }}".']);
  });

  test.each([
    ["set by the commands", "GITHUB_SHA=1; echo $GITHUB_SHA"],
    ["with a default", "echo ${GITHUB_SHA:-1}; echo $GITHUB_SHA"],
    ["escaped", "echo \\$GITHUB_SHA"],
  ])("are right when %s", (_, line) => expect(codes(commands(line))).toEqual([]));

  test("are right when they are envs, and where nothing runs", () => {
    expect(codes(commands("echo $GITHUB_SHA").replace("stages", "envs: {GITHUB_SHA: abc}\nstages"))).toEqual([]);
    expect(codes(last("      commands: echo $GITHUB_SHA {{ params.target }}\n      disable: true"))).toEqual([]);
  });

  test("the file for outputs is METAFILE", () => {
    expect(fixed(commands('echo "a=1" >> "${GITHUB_OUTPUT}"'))).toBe(commands('echo "a=1" >> "${METAFILE}"'));
  });
});

describe("a reference in other braces", () => {
  test.each([
    "{{ params.target }}",
    "{{params.target}}",
    "$ {{ params.target }}",
    "${ {params.target} }",
    "${ params.target }",
    "${params.target }",
    "$(( params.target ))",
    "$params.target",
  ])("%s", (text) => {
    expect(codes(commands(`make ${text}`))).toEqual(["validate/reference-as-text"]);
    expect(fixed(commands(`make ${text}`))).toBe(commands("make ${{ params.target }}"));
  });

  test("in arithmetic, outputs and directories", () => {
    expect(helps(commands("echo $(( params.target + 1 ))"))).toEqual(['Write "${{ params.target }}".']);
    expect(fixed(commands("make {{ outputs.build.version }} {{ dirs.build }}"))).toBe(
      commands("make ${{ outputs.build.version }} ${{ dirs.build }}"),
    );
  });

  test.each([
    "{{ params.other }}",
    "{{ outputs.build }}",
    "{{ outputs.other.version }}",
    "{{ dirs.other }}",
    "{{ .Values }} {{ configs.a }}",
    "$PARAMS.target \\$params.target",
  ])("%s may be another language", (text) => expect(codes(commands(`echo ${text}`))).toEqual([]));

  test("a dollar sign begins a variable in other languages", () => {
    expect(codes(last("      shell: pwsh\n      commands: echo $params.target"))).toEqual([]);
  });
});

describe("an output without its namespace", () => {
  test.each(["${{ build.version }}", "${{ build.outputs.version }}", "${build.version}", "${build.outputs.version}"])(
    "%s",
    (text) => {
      expect(helps(commands(`echo ${text}`))).toEqual(['Write "${{ outputs.build.version }}".']);
      expect(fixed(commands(`echo ${text}`))).toBe(commands("echo ${{ outputs.build.version }}"));
    },
  );

  test.each(["${{ params.target || 'x' }}", "${{ params.target == 'x' }}", "${{ params.target ? 1 : 2 }}"])(
    "%s is an expression",
    (text) => expect(codes(commands(`echo ${text}`))).toEqual(["read/expression-in-value"]),
  );
});

describe("what stands right behind a directory", () => {
  test("has a slash", () => {
    expect(fixed(commands("cat ${{ dirs.build }}app.txt"))).toBe(commands("cat ${{ dirs.build }}/app.txt"));
    const values = (path: string) =>
      last(`      params: {a: ["${path}"], b: {c: "${path}"}, d: 1}\n      commands: make`);
    expect(codes(values("${{ dirs.build }}app.txt"))).toEqual(Array(2).fill("validate/directory-without-slash"));
    expect(fixed(values("${{ dirs.build }}app.txt"))).toBe(values("${{ dirs.build }}/app.txt"));
  });

  test.each([
    "${{ dirs.build }}/a",
    "${{ dirs.build }}",
    "${{ dirs.build }}.tar",
    "${{ dirs.build }}:/a",
    "${{ dirs.build }}${{ params.target }}",
  ])("or is no file of it: %s", (text) => expect(codes(commands(`ls ${text}`))).toEqual([]));
});

describe("the interpreter of commands", () => {
  const shell = (name: string) => last(`      shell: ${name}\n      commands: print(1)`);

  test.each([
    ["python 3", "python3"],
    ["python 3.12 -u", "python3.12 -u"],
    ["Python", "python"],
    ["Bash -x", "bash -x"],
    ["bash -c", "bash"],
    ["bsah", "bash"],
    ["pyton3", "python"],
  ])("%s is meant as %s", (name, right) => expect(fixed(shell(name))).toBe(shell(right)));

  test("one that is not usual is told with no guess", () => {
    expect(codes(shell("fish"))).toEqual(["validate/unknown-shell"]);
    expect(fixed(shell("fish"))).toBe(shell("fish"));
  });

  test.each(["python3", "python3.12", "node", "bash -eu", "/usr/bin/fish", "env fish", "ruby"])("%s is right", (name) =>
    expect(codes(shell(name))).toEqual([]),
  );

  test("does not matter where nothing runs", () => {
    expect(codes(last("      shell: fish\n      commands: make\n      disable: true"))).toEqual([]);
  });
});

describe("a function of GitHub Actions", () => {
  const condition = (text: string) => last(`      commands: make\n      if: ${text}`);
  const loop = (text: string) =>
    last(`      commands: make\n      loop:\n        break: ${text}\n        strategy: {max_times: 2}`);

  test.each([
    ["always()", "1 == 1"],
    ["${{ always ( ) && params.target == 'prod' }}", "${{ 1 == 1 && params.target == 'prod' }}"],
  ])("in an if: %s", (text, right) => expect(fixed(condition(text))).toBe(condition(right)));

  test.each([
    ["success()", "task_status == 'Success'"],
    ['"failure()"', "\"task_status == 'Failed'\""],
    ["always()", "1 == 1"],
  ])("in a break: %s", (text, right) => expect(fixed(loop(text))).toBe(loop(right)));

  test.each(["success", "'success()'", '"\\x73uccess()"', "cancelled()"])("is the author's to mend in: %s", (text) => {
    expect(codes(loop(text))).toEqual(["expression/unknown-name"]);
    expect(fixed(loop(text))).toBe(loop(text));
  });

  test("is not a word of ours", () => {
    expect(helps(condition("success()"))).toEqual(["An action without `if` runs only while nothing has failed."]);
    expect(helps(condition("contains(params.target, 'a')"))[0]).toContain("=~ 'part'");
    expect(helps(condition('"!cancelled()"'))[0]).toContain("${{ 1 == 1 }} always runs");
  });
});

describe("an image on a machine without containers", () => {
  const image = (more: string) => last(`      image: node:24\n      commands: make${more}`);
  const elsewhere = (text: string) =>
    compile({ name: "pipeline.yaml", text }, { ...BUILT_IN_CONTEXT, defaultExecutorIsOpen: true }).diagnostics;

  test("is told where it runs here, or on an executor that was chosen", () => {
    expect(codes(image(""))).toEqual(["validate/image-not-used"]);
    expect(elsewhere(image("\n      executor: process"))).toMatchObject([{ code: "validate/image-not-used" }]);
  });

  test("is not told where it is only compiled", () => expect(elsewhere(image(""))).toEqual([]));
});
