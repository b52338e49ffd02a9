import { expect, test } from "vitest";
import { uncovers } from "../../../compiler/fix/worth.ts";
import { compile } from "../../../compiler/index.ts";
import { BUILT_IN_CONTEXT } from "../built-in-context.ts";

const text = 'version: "1.1"\nstages:\n- stage:\n  - custom-script: {alias: a, commands: make}\n';

test("a fix after which the mistake is still there has uncovered nothing", () => {
  const file = { name: "pipeline.yaml", text: text.replace("custom-script", "custom-scrip") };
  const { diagnostics } = compile(file, BUILT_IN_CONTEXT);
  const judged = { file, diagnostics, errors: 1, readable: true, placeOf: (offset: number) => offset };
  const group = diagnostics.flatMap((diagnostic) => (diagnostic.fixes ?? []).map((fix) => ({ diagnostic, fix })));
  expect(group).toHaveLength(1);
  expect(uncovers({ text: file.text, group, before: judged, after: judged })).toBe(false);
  expect(uncovers({ text: file.text, group, before: judged, after: { ...judged, diagnostics: [], errors: 0 } })).toBe(
    true,
  );
});
