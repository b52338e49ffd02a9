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

test("all codes are shown but those of what is too large for a page, or of an installation", () => {
  const notShown = EXPLAINED_CODES.filter(({ explanation }) => "notShown" in explanation).map(({ code }) => code);
  expect(notShown).toEqual([
    "parse/not-text",
    "parse/too-large",
    "parse/too-deep",
    "parse/key-too-long",
    "expression/too-deep",
    "expression/too-long",
    "validate/too-many-diagnostics",
    "validate/too-many-envs",
    "validate/too-long-for-environment",
    "lower/unknown-executor-of-type",
    "lower/definition-too-large",
    "lower/too-many-events",
  ]);
});
