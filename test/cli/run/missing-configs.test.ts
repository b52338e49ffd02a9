import { expect, test } from "vitest";
import { loadCompileContext } from "../../../cli/compile-context.ts";
import { describeMissingConfigs, missingConfigs } from "../../../cli/run/missing-configs.ts";
import { compile } from "../../../compiler/index.ts";
import { recordedIo } from "../io.ts";

const context = await loadCompileContext({ actions: [], executor: [], strict: false }, recordedIo());
const text = `version: "1.1"
name: shop
params:
- name: target
  default: \${{ configs.target }}
envs:
  REGISTRY: ((registry))
stages:
- stage:
  - custom-script: {alias: build, commands: "login ((token)) \${{ params.target }}"}
  - custom-script: {alias: idle, disable: true, commands: "echo ((never))"}
- stage:
  - custom-script: {alias: deploy, if: "\${{ '((stage))' == 'live' }}", commands: "deploy ((token))"}
`;
const plan = compile({ name: "pipeline.yaml", text }, context).compilation?.plan;
if (plan === undefined) throw new Error("The pipeline of this test does not compile.");

test("what enabled actions refer to, in commands, envs, expressions and defaults", () => {
  expect(missingConfigs(plan, new Set(["stage"]))).toEqual([
    { key: "registry", actions: ["build", "deploy"] },
    { key: "token", actions: ["build", "deploy"] },
    { key: "target", actions: ["build"] },
  ]);
  expect(missingConfigs(plan, new Set(["registry", "token", "target", "stage"]))).toEqual([]);
});

test("is said with what to do", () => {
  expect(describeMissingConfigs([{ key: "token", actions: ["build", "deploy"] }], new Set())).toBe(
    `warning: The config "token" was not given; "build", "deploy" refer to it.
  help: Give it with --config token=VALUE, a secret with --secret token, or either in a file with --inputs FILE.
`,
  );
});

test("and with the one of a near name that was given", () => {
  expect(describeMissingConfigs([{ key: "registy", actions: ["build"] }], new Set(["registry"]))).toContain(
    'help: Did you mean "registry"? Give it with --config registy=VALUE',
  );
});
