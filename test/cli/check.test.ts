import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { main } from "../../cli/program.ts";
import { recordedIo } from "./io.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-check-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const GOOD = `version: "1.1"
stages:
- stage:
  - custom-script:
      alias: build
      commands: make
`;
writeFileSync(join(folder, "good.yaml"), GOOD);
writeFileSync(join(folder, "wrong.yaml"), GOOD.replace("custom-script", "custom-scrip"));
writeFileSync(join(folder, "odd.yaml"), GOOD.replace("commands", "color: red\n      commands"));

async function check(...argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const io = recordedIo({ cwd: folder });
  const code = await main(["check", ...argv], io);
  return { code, out: io.out(), err: io.err() };
}

describe("sluice check", () => {
  test("a valid file", async () => {
    expect(await check("good.yaml")).toEqual({ code: 0, out: "✓ good.yaml is valid\n", err: "" });
  });

  test("several files: every one is checked, one wrong one is enough for exit 1", async () => {
    const { code, out } = await check("wrong.yaml", "good.yaml");
    expect(code).toBe(1);
    expect(out).toContain("validate/unknown-action");
    expect(out).toContain('Did you mean "custom-script"?');
    expect(out).toContain("✗ wrong.yaml is not valid (1 error)\n");
    expect(out).toContain("✓ good.yaml is valid\n");
  });

  test("--unknown-actions warn makes unknown types warnings", async () => {
    const { code, out } = await check("wrong.yaml", "--unknown-actions", "warn");
    expect(code).toBe(0);
    expect(out).toContain("✓ wrong.yaml is valid (1 warning)\n");
  });

  test("--strict makes unknown keys errors", async () => {
    expect((await check("odd.yaml")).code).toBe(0);
    expect((await check("odd.yaml", "--strict")).code).toBe(1);
  });

  test("--format json prints one object with the places", async () => {
    const { code, out } = await check("good.yaml", "wrong.yaml", "--format", "json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      files: [
        { file: "good.yaml", valid: true, diagnostics: [] },
        {
          file: "wrong.yaml",
          valid: false,
          diagnostics: [
            expect.objectContaining({
              code: "validate/unknown-action",
              severity: "error",
              message: 'There is no action type "custom-scrip".',
              line: 4,
              column: 5,
              endLine: 4,
              endColumn: 17,
            }),
          ],
        },
      ],
    });
  });

  test("--format github prints annotations and nothing for valid files", async () => {
    expect((await check("good.yaml", "--format", "github")).out).toBe("");
    const { out } = await check("wrong.yaml", "--format", "github");
    expect(out).toMatch(
      /^::error file=wrong\.yaml,line=4,col=5,endLine=4,endColumn=16,title=validate\/unknown-action::/,
    );
  });
});
