import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { main } from "../../cli/program.ts";
import { recordedIo } from "./io.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-graph-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SHOP = `version: "1.1"
stages:
- stage:
  - custom-script:
      alias: build
      commands: make
- stage:
  - custom-script:
      alias: publish
      commands: ls \${{ dirs.build }}
`;
writeFileSync(join(folder, "shop.yaml"), SHOP);
writeFileSync(join(folder, "wrong.yaml"), SHOP.replace("dirs.build", "dirs.biuld"));

async function graph(...argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const io = recordedIo({ cwd: folder });
  const code = await main(["graph", ...argv], io);
  return { code, out: io.out(), err: io.err() };
}

describe("sluice graph", () => {
  test("prints mermaid", async () => {
    expect(await graph("shop.yaml")).toEqual({
      code: 0,
      out: `flowchart TD
  subgraph s1["stage 1"]
    a1["build<br/>custom-script"]
  end
  subgraph s2["stage 2"]
    a2["publish<br/>custom-script"]
  end
  s1 ==> s2
  a1 -.->|"build#47;"| a2
`,
      err: "",
    });
  });

  test("--format json prints actions and edges", async () => {
    const { code, out } = await graph("shop.yaml", "--format", "json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      name: "shop",
      actions: [
        { alias: "build", stage: 1, line: 4 },
        { alias: "publish", stage: 2, line: 8 },
      ],
      edges: [
        { kind: "next", from: 1, to: 2 },
        { kind: "file", from: "build", to: "publish", names: ["build"] },
      ],
    });
  });

  test("a pipeline that is wrong has no diagram, and says why on stderr", async () => {
    const { code, err, out } = await graph("wrong.yaml");
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain("validate/unknown-directory");
  });
});
