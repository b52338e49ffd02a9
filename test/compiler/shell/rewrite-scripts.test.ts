import { expect, test } from "vitest";
import { compile } from "../../../compiler/index.ts";
import { SHOP_CONTEXT } from "../compile-context.ts";

test("scripts of actions that are disabled, or have none, are not looked at", () => {
  const text = `version: "1.1"
params: [{name: note, default: x}]
stages:
- stage:
  - git-checkout: {params: {uri: x}}
  - custom-script:
      disable: true
      commands: eval \${{ params.note }}
  - custom-script:
      commands: eval \${{ params.note }}
`;
  const { diagnostics } = compile({ name: "pipeline.yaml", text }, SHOP_CONTEXT);
  expect(diagnostics.filter(({ code }) => code === "lower/reference-as-code")).toHaveLength(1);
});
