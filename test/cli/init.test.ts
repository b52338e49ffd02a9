import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { main } from "../../cli/program.ts";
import { recordedIo } from "./io.ts";

test("init writes a pipeline that checks and runs, and never overwrites one", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-init-"));
  try {
    const io = recordedIo({ cwd: folder, env: process.env });
    expect(await main(["init"], io)).toBe(0);
    const written = readFileSync(join(folder, "pipeline.yaml"), "utf8");

    expect(await main(["init"], io)).toBe(2);
    expect(io.err()).toContain('"pipeline.yaml" is there already');
    expect(readFileSync(join(folder, "pipeline.yaml"), "utf8")).toBe(written);

    const checked = recordedIo({ cwd: folder });
    expect(await main(["check", "--strict", "pipeline.yaml"], checked)).toBe(0);
    expect(checked.out()).toContain("pipeline.yaml is valid");

    const run = recordedIo({ cwd: folder, env: process.env });
    expect(await main(["run", "pipeline.yaml", "--format", "json"], run)).toBe(0);
    expect(JSON.parse(run.out())).toMatchObject({
      status: "succeeded",
      outputs: { version: "1.0.0" },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
