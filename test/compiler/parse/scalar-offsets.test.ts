import { expect, test } from "vitest";
import { parseYaml } from "../../../compiler/parse/parse-yaml.ts";
import { scalarOffsets } from "../../../compiler/parse/scalar-offsets.ts";
import type { YamlScalar } from "../../../compiler/parse/tree.ts";

function scalarOf(text: string): YamlScalar {
  const { root } = parseYaml({ name: "pipeline.yaml", text }).value ?? {};
  const value = root?.kind === "map" ? root.entries[0]?.value : undefined;
  if (value?.kind !== "scalar") throw new Error("no scalar");
  return value;
}

test.each([
  ["plain", "run: make ${repo} all\n"],
  ["plain over two lines", "run: make\n    -j2 ${repo} all\n"],
  ["single quotes", "run: 'it''s ${repo}'\n"],
  ["double quotes with escapes", 'run: "a\\tb \\u00e9 \\x41 \\"q\\" ${repo}"\n'],
  ["double quotes with long escapes", 'run: "\\U0001F6D2\\U000000e9\\ud83d\\uded2 🛒 ${repo}"\n'],
  ["double quotes over two lines", 'run: "make \\\n  -j2\n\n  ${repo}"\n'],
  ["literal block", "run: |\n    cd /tmp\n      make ${repo}\n"],
  ["literal block with Windows line ends", "run: |-\r\n    cd /tmp\r\n    make ${repo}\r\n"],
  ["folded block", "run: >-\n  cd /tmp\n\n  make\n  ${repo}\n"],
])("finds a reference in a %s scalar", (_style, text) => {
  const scalar = scalarOf(text);
  const offsets = scalarOffsets(scalar, text);
  const start = offsets[scalar.text.indexOf("${repo}")] ?? 0;
  expect(text.slice(start, start + 7)).toBe("${repo}");
});

test("a block of which only the header stands there ends with the file", () => {
  expect(scalarOffsets(scalarOf("run: |"), "run: |")).toEqual([6]);
});
