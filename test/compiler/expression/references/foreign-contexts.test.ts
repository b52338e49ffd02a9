import { describe, expect, test } from "vitest";
import { foreignReference } from "../../../../compiler/expression/references/foreign-contexts.ts";
import { fixFile } from "../../../../compiler/index.ts";
import { SHOP_CONTEXT } from "../../compile-context.ts";

describe("references of other systems", () => {
  test.each([
    ["github.sha", 'The commit is an output of git-checkout: write "${{ outputs.<its alias>.commit }}".', undefined],
    ["github.head_ref", expect.stringContaining("The branch is an output of git-checkout"), undefined],
    ["github.ref_name", expect.stringContaining("The branch is an output of git-checkout"), undefined],
    ["github.ref", expect.stringContaining("The branch is an output of git-checkout"), undefined],
    ["github.actor", expect.stringContaining("The author is an output of git-checkout"), undefined],
    [
      "jobs.build.outputs.image.tag",
      'Outputs are found by the alias of their action: write "${{ outputs.build.image.tag }}".',
      "outputs.build.image.tag",
    ],
    ["steps.build.inputs.version", expect.stringContaining("Actions have outputs"), undefined],
    ["steps.build.outputs", expect.stringContaining("Actions have outputs"), undefined],
    ["github.event.action", expect.stringContaining('There is no "github"'), undefined],
    ["env.HOME", 'Environment variables are the shell\'s: write "$HOME" in the commands.', undefined],
    ["env", 'Environment variables are the shell\'s: write "$NAME" in the commands.', undefined],
    ["secrets.TOKEN", expect.stringContaining('write "${{ configs.TOKEN }}"'), "configs.TOKEN"],
    ["vars.REGION", expect.stringContaining('write "${{ configs.REGION }}"'), "configs.REGION"],
    ["secrets", 'Configs and secrets are both "configs".', undefined],
    ["inputs.target", expect.stringContaining('write "${{ params.target }}"'), "params.target"],
    ["steps.build.outputs.version", expect.stringContaining("outputs.build.version"), "outputs.build.version"],
    ["needs.build.result", expect.stringContaining("Actions have outputs"), undefined],
    ["matrix.os", 'There is no "matrix"; write one action per case.', undefined],
    ["runner.os", expect.stringContaining('There is no "runner"'), undefined],
  ])("%s", (path, help, here) => {
    expect(foreignReference(path)).toEqual({ help, ...(here === undefined ? {} : { path: here }) });
  });

  test("other words are none", () => expect(foreignReference("build.number")).toBeUndefined());
});

test("where only the spelling differs, it is a fix, in commands and in expressions", () => {
  const text = `version: "1.1"
params: [{name: target}]
stages:
- stage:
  - custom-script:
      commands: make \${{ inputs.target }}
      if: \${{ inputs.target == 'north' }}
`;
  const { file } = fixFile({ name: "pipeline.yaml", text }, SHOP_CONTEXT);
  expect(file.text).toBe(text.replaceAll("inputs.target", "params.target"));
});
