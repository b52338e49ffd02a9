import { describe, expect, test } from "vitest";
import { compile, EXPLAINED_CODES, fixFile, formatDiagnostics } from "../../../../compiler/index.ts";
import { BUILT_IN_CONTEXT } from "../../built-in-context.ts";

const fileOf = (text: string) => ({ name: "pipeline.yaml", text });
const diagnosticsOf = (text: string) => compile(fileOf(text), BUILT_IN_CONTEXT).diagnostics;

describe.each(EXPLAINED_CODES)("$code", ({ code, explanation }) => {
  test("says why in whole sentences", () => {
    expect(explanation.why).toMatch(/^[A-Z"-].*[^.]\.$/);
  });

  if ("notShown" in explanation) {
    test("says why there is no example", () => expect(explanation.notShown).toMatch(/\.$/));
    return;
  }

  test("its wrong example yields this and nothing else", () => {
    const found = diagnosticsOf(explanation.wrong);
    expect(new Set(found.map((diagnostic) => diagnostic.code)), formatDiagnostics(found)).toEqual(new Set([code]));
  });

  test("its right example yields nothing", () => {
    expect(formatDiagnostics(diagnosticsOf(explanation.right))).toBe("");
  });

  test(explanation.fix === undefined ? "nothing of it is mended by itself" : "its fix makes right of wrong", () => {
    const { file } = fixFile(fileOf(explanation.wrong), BUILT_IN_CONTEXT);
    expect(file.text).toBe(explanation.fix === undefined ? explanation.wrong : explanation.right);
  });
});

test("most codes can be shown", () => {
  const shown = EXPLAINED_CODES.filter(({ explanation }) => "wrong" in explanation);
  expect(shown.length / EXPLAINED_CODES.length).toBeGreaterThanOrEqual(0.89);
});
