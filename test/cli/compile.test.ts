import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { main } from "../../cli/program.ts";
import { recordedIo } from "./io.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-compile-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

writeFileSync(
  join(folder, "pipeline.yaml"),
  `version: "1.1"
name: shop
stages:
- stage:
  - custom-script: {alias: build, commands: make}
- stage:
  - custom-script: {alias: test, commands: make test}
`,
);

describe("sluice compile", () => {
  test("writes the three artefacts and says what they are", async () => {
    const io = recordedIo({ cwd: folder });
    expect(await main(["compile", "pipeline.yaml", "--out", "out/here"], io)).toBe(0);
    const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, "out", "here", name), "utf8"));
    expect(read("state-machine.asl.json")).toMatchObject({ QueryLanguage: "JSONata", StartAt: "build" });
    expect(read("plan.json")).toMatchObject({ pipeline: "shop", actions: [{ alias: "build" }, { alias: "test" }] });
    expect(read("report.json")).toMatchObject({ transitions: { success: 2 } });
    expect(io.out()).toContain("shop: 2 actions, 2 states");
    expect(io.out()).toContain("transitions  2 when all goes well");
    expect(io.out()).toContain("out/here/state-machine.asl.json, out/here/plan.json, out/here/report.json");
  });

  test("a wrong file writes nothing: exit 1, diagnostics on stderr", async () => {
    writeFileSync(join(folder, "wrong.yaml"), "version: 1.1\nstages: [stage]\n");
    const io = recordedIo({ cwd: folder });
    expect(await main(["compile", "wrong.yaml", "--out", "nowhere"], io)).toBe(1);
    expect(io.out()).toBe("");
    expect(io.err()).toContain("wrong.yaml:2");
    expect(() => readFileSync(join(folder, "nowhere", "plan.json"))).toThrow("ENOENT");
  });

  test("a directory that cannot be written to is wrong usage", async () => {
    const io = recordedIo({ cwd: folder });
    expect(await main(["compile", "pipeline.yaml", "--out", "pipeline.yaml"], io)).toBe(2);
    expect(io.err()).toContain('"pipeline.yaml" cannot be written to');
  });
});
