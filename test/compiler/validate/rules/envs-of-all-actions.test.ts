import { expect, test } from "vitest";
import { MOST_ENV_CHARACTERS } from "../../../../compiler/validate/rules/envs-of-all-actions.ts";
import { diagnosticsOf } from "../../compile-text.ts";

function shopWith(envs: number, actions: number): string {
  const lines = Array.from({ length: envs }, (_, number) => `  SHOP_${number}: ${"x".repeat(1000)}\n`);
  const items = Array.from(
    { length: actions },
    (_, number) => `  - custom-script: {alias: a${number}, commands: make}\n`,
  );
  return `version: "1.1"\nenvs:\n${lines.join("")}stages:\n- stage:\n${items.join("")}`;
}

test("many envs of many actions are refused where they become too many", () => {
  const first = Math.floor(MOST_ENV_CHARACTERS / 600 / 1057);
  expect(diagnosticsOf(shopWith(100, 600))).toEqual([["validate/too-many-envs", `SHOP_${first}`]]);
});

test("many envs of a few actions are fine", () => {
  expect(diagnosticsOf(shopWith(100, 10))).toEqual([]);
});
