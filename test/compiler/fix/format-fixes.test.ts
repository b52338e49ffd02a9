import { describe, expect, test } from "vitest";
import { fixFile, formatFixes } from "../../../compiler/index.ts";
import { BUILT_IN_CONTEXT } from "../built-in-context.ts";

const file = {
  name: "ci/shop.yaml",
  text: 'version: "1.1"\nstages:\n- stage:\n  - echo:\n      text: open # until six\n',
};
const { applied } = fixFile(file, BUILT_IN_CONTEXT);

describe("formatFixes", () => {
  test("shows place, change, code and the lines", () => {
    expect(formatFixes(file, applied)).toBe(
      [
        'ci/shop.yaml:5:7: Move the inputs under "params:". [read/param-outside-params]',
        "  -       text: open # until six",
        "  +       params:",
        "  +         text: open # until six",
      ].join("\n"),
    );
  });

  test("colours only when asked", () => {
    expect(formatFixes(file, applied, { color: true })).toContain(
      "\u001b[31m  -       text: open # until six\u001b[0m",
    );
  });

  test("control characters of the user's text reach no terminal", () => {
    const [fix] = applied;
    if (!fix) throw new Error("There is no fix.");
    expect(formatFixes(file, [{ ...fix, title: "\u001b[2J", added: ["\u001b[2J"] }])).not.toContain("\u001b");
  });

  test("nothing applied is nothing to say", () => expect(formatFixes(file, [])).toBe(""));
});
