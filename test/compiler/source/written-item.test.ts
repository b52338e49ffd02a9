import { expect, test } from "vitest";
import { writtenItem } from "../../../compiler/source/written-item.ts";

const fileOf = (...lines: readonly string[]) => ({ name: "pipeline.yaml", text: lines.join("\n") });

test("lines are shown as they are written, without the indentation that they share", () => {
  const file = fileOf("stages:", "  - echo:", "", "    text: a  ", "  - wait:");
  expect(writtenItem(file, 2, 4, (text, line) => (line === 4 ? `  ${text}` : text))).toBe("- echo:\n    text: a");
});

test("of more than eight lines the middle is left out", () => {
  const file = fileOf("- echo:", ...Array.from({ length: 9 }, (_, number) => `    k${number}: 1`));
  const shown = writtenItem(file, 1, 10, (text) => text).split("\n");
  expect(shown).toEqual([
    "- echo:",
    "    k0: 1",
    "    k1: 1",
    "  …",
    "    k5: 1",
    "    k6: 1",
    "    k7: 1",
    "    k8: 1",
  ]);
});
