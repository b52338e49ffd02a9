import { expect, test } from "vitest";
import { actionOf, runJson } from "./sluice.ts";

/** A name of 128 characters. */
const LONG_NAME = "n".repeat(128);
const LIMIT = 1_024_000;

const PIPELINE = `version: "1.1"
name: shop
outputs:
- {name: large, ref: "\${{ outputs.build.large0 }}"}
- {name: list, ref: "\${{ outputs.build.list }}"}
stages:
- stage:
  - custom-script:
      alias: build
      shell: node
      commands: |
        const metadata = [
          { name: "list", value: ["a", 1, null, { "b": true }] },
          { name: "count", value: 3 },
          { name: "ready", value: true },
          { name: "nothing", value: null },
          { name: "again", value: "first" },
          { name: "again", value: "last" },
          { name: "${LONG_NAME}", value: "of 128 characters" },
          { name: "${LONG_NAME}n", value: "of 129 characters" },
          { name: "spilled", value: "s".repeat(32 * 1024 + 1) },
          { name: "larger", value: "x".repeat(${LIMIT + 1}) },
        ];
        for (let n = 0; n < 3; n++) metadata.push({ name: "large" + n, value: "é".repeat(${LIMIT / 2}) });
        while (new Set(metadata.map(({ name }) => name)).size < 102) metadata.push({ name: "n" + metadata.length, value: "1" });
        metadata.push({ name: "one too many", value: "1" });
        require("node:fs").writeFileSync(process.env.METAFILE, JSON.stringify({ metadata }));
        console.log("action meta: again=from a line");
- stage:
  - custom-script:
      alias: reads
      if: >-
        \${{ '\${{ outputs.build.spilled }}' == '\${{ outputs.build.spilled }}' && '\${{ outputs.build.large0 }}' == '\${{ outputs.build.large1 }}'
        && \${{ outputs.build.count }} == 3 && \${{ outputs.build.ready }} && '\${{ outputs.build.${LONG_NAME} }}' == 'of 128 characters' }}
      commands: |
        printf %s \${{ outputs.build.large2 }} | wc -c | { read -r bytes; echo "action meta: bytes=$bytes"; }
        echo 'action meta: list=\${{ outputs.build.list }}'
  - custom-script:
      alias: does not
      if: \${{ '\${{ outputs.build.spilled }}' == 's' }}
      commands: "true"
`;

test("100 outputs, names of 128 characters, 1,024,000 bytes each, with their types, in commands and if", async () => {
  const { run, finished } = await runJson(PIPELINE);
  expect(run.status, finished.stderr.slice(0, 3000)).toBe("succeeded");
  const { outputs } = actionOf(run, "build");
  expect(Object.keys(outputs)).toHaveLength(100);
  expect(outputs).toMatchObject({
    list: ["a", 1, null, { b: true }],
    count: 3,
    ready: true,
    nothing: "",
    [LONG_NAME]: "of 128 characters",
    large0: "é".repeat(LIMIT / 2),
  });
  expect(["last", "from a line"]).toContain(outputs["again"]);
  expect(Object.keys(outputs)).not.toEqual(expect.arrayContaining(["one too many"]));
  expect(outputs).not.toHaveProperty("larger");
  expect(outputs).not.toHaveProperty(`${LONG_NAME}n`);
  expect(actionOf(run, "reads")).toMatchObject({
    status: "succeeded",
    outputs: { bytes: String(LIMIT), list: '["a",1,null,{"b":true}]' },
  });
  expect(actionOf(run, "does not").status).toBe("skipped");
  expect(run.outputs).toEqual({ large: "é".repeat(LIMIT / 2), list: ["a", 1, null, { b: true }] });
});

test("a param that no environment variable can hold is an error with its name, size and what to do", async () => {
  const { run } = await runJson(`version: "1.1"
name: shop
stages:
- stage:
  - custom-script: {alias: build, shell: node, commands: "require('node:fs').writeFileSync(process.env.METAFILE, 'notes=' + 'x'.repeat(131072))"}
- stage:
  - custom-script: {alias: publish, params: {notes: "\${{ outputs.build.notes }}"}, commands: "true"}
  - custom-script: {alias: uses it, if: "\${{ 1 == 1 }}", commands: 'v="\${{ outputs.build.notes }}"; echo "action meta: length=\${#v}"'}
`);
  expect(actionOf(run, "publish").status).toBe("failed");
  const message = actionOf(run, "publish").error?.message ?? "";
  expect(message).toContain('param "notes"');
  expect(message).toContain("131072 bytes");
  expect(message).toContain("ACTION_NOTES");
  expect(message).toMatch(/\bcommands\b/);
  expect(actionOf(run, "uses it").outputs).toEqual({ length: "131072" });
});
