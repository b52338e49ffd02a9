import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compile, formatDiagnostics } from "../../compiler/index.ts";
import { BUILT_IN_CONTEXT } from "../compiler/built-in-context.ts";

const DOCUMENT = readFileSync(fileURLToPath(new URL("../../docs/from-github-actions.md", import.meta.url)), "utf8");
const blocks = [...DOCUMENT.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = ""]) => text);
const [workflow = "", ...pipelines] = blocks;

test.each(pipelines)("a pipeline of the page compiles without a word: %#", (text) => {
  const { diagnostics } = compile({ name: "pipeline.yaml", text }, BUILT_IN_CONTEXT);
  expect(formatDiagnostics(diagnostics)).toBe("");
});

test("the page has both pipelines, and the workflow is none", () => {
  expect(pipelines).toHaveLength(2);
  expect(compile({ name: "release.yml", text: workflow }, BUILT_IN_CONTEXT).compilation).toBeUndefined();
});
