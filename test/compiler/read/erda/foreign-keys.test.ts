import { describe, expect, test } from "vitest";
import { compile, fixFile } from "../../../../compiler/index.ts";
import { SHOP_CONTEXT } from "../../compile-context.ts";

const HEAD = 'version: "1.1"\nstages:\n- stage:\n  - custom-script:\n      commands: make\n';
const fileOf = (keys: string) => ({ name: "pipeline.yaml", text: HEAD + keys.replace(/^(?=.)/gm, "      ") });
const helpOf = (keys: string) => compile(fileOf(keys), SHOP_CONTEXT).diagnostics.map(({ help }) => help);
const fixed = (keys: string) => fixFile(fileOf(keys), SHOP_CONTEXT).file.text;

describe("keys of other systems on an action", () => {
  test.each([
    ["env: {A: b}\n", "envs"],
    ["steps: [make]\n", "commands"],
    ["runs-on: ubuntu\n", "executor"],
    ["container: node\nimage: node\n", '"image" stands here already'],
    ["uses: actions/checkout@v4\n", "git-checkout"],
    ["working-directory: shop\n", "cd"],
    ["artifacts: {paths: [page]}\n", "dirs"],
    ["matrix: {os: [a]}\n", "one action per combination"],
    ["needs: [build]\n", "later stage"],
    ["outputs: {a: b}\n", "METAFILE"],
    ["secrets: [token]\n", "configs"],
    ["stage: build\n", "in whose list"],
    ["loop: {while: 'true'}\n", "opposite"],
  ])("%j is told in one sentence", (keys, part) => {
    const [help, ...others] = helpOf(keys).filter((text) => !text.startsWith("It takes effect"));
    expect(help).toContain(part);
    expect(others).toEqual([]);
  });

  test.each([
    ["timeout-minutes: 10\n", "timeout: 600\n"],
    ["timeoutInMinutes: 0.5\n", "timeout: 30\n"],
    ["loop: {max_times: 3}\n", "loop: {strategy: {max_times: 3}}\n"],
    [
      "loop:\n  until: task_status == 'Success'\n  max_times: 3\n",
      "loop:\n  break: task_status == 'Success'\n  strategy: {max_times: 3}\n",
    ],
    ["retry: 3\n", "retry: {max_times: 3}\n"],
    ["retry: {max: 2}\n", "retry: {max_times: 2}\n"],
  ])("%j is written as it is here", (wrong, right) => expect(fixed(wrong)).toBe(fileOf(right).text));

  test.each([
    "timeout-minutes: 10\ntimeout: 5\n",
    "timeout-minutes: soon\n",
    "<<: {timeout-minutes: 10}\n",
    "loop: {max_times: 3, interval_sec: 2}\n",
    "loop: {max_times: 3, strategy: {max_times: 2}}\n",
    "loop: {colour: 3}\n",
    "colour: 3\n",
    "loop: 3\n",
  ])("%j stays", (keys) => expect(fixed(keys)).toBe(fileOf(keys).text));
});

describe("names of other systems", () => {
  const ofStage = (item: string) => ({
    name: "pipeline.yaml",
    text: `version: "1.1"\nstages:\n- stage:\n  - ${item}\n`,
  });

  test("for an action type, with its version", () => {
    const file = ofStage("actions/checkout@v4: {params: {depth: 1}}");
    const [told] = compile(file, SHOP_CONTEXT).diagnostics;
    expect(told).toMatchObject({ code: "validate/unknown-action", help: 'Write "git-checkout".' });
    expect(
      told?.fixes?.[0]?.edits.map(({ newText, span }) => [file.text.slice(span.start, span.end), newText]),
    ).toEqual([["actions/checkout@v4", "git-checkout"]]);
  });

  test("for its params", () => {
    const wrong = ofStage('git-checkout: {params: {repository: "https://git.example/shop.git", ref: main}}');
    const right = ofStage('git-checkout: {params: {uri: "https://git.example/shop.git", branch: main}}');
    expect(fixFile(wrong, SHOP_CONTEXT).file.text).toBe(right.text);
  });

  test("beside the param that is meant", () => {
    const file = ofStage('git-checkout: {params: {uri: "https://git.example/shop.git", url: a}}');
    const { diagnostics } = compile(file, SHOP_CONTEXT);
    const told = diagnostics.find(({ code }) => code === "validate/unknown-param");
    expect(told?.help).not.toBe('Write "uri".');
  });
});
