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
    expect(out).toContain("✗ wrong.yaml is not valid (1 error)\n  1 problem can be fixed by: sluice fix wrong.yaml\n");
    expect(out).toContain("✓ good.yaml is valid\n");
  });

  test("no fix is promised that would not be written", async () => {
    const twice = GOOD.replace("commands", "aliass: make\n      commands");
    writeFileSync(join(folder, "twice.yaml"), twice);
    const { out } = await check("twice.yaml");
    expect(out).toContain('Did you mean "alias"?');
    expect(out).toMatch(/✓ twice.yaml is valid \(1 warning\)\n$/);
    const { diagnostics } = JSON.parse((await check("twice.yaml", "--format", "json")).out).files[0];
    expect(diagnostics[0]).not.toHaveProperty("fix");
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

  test("--strict makes errors of keys without effect yet, and of nothing that depends on the machine", async () => {
    writeFileSync(join(folder, "later.yaml"), `on: {push: {branches: [main]}}\n${GOOD}`);
    writeFileSync(join(folder, "image.yaml"), GOOD.replace("commands", "image: node:22\n      commands"));
    expect((await check("later.yaml")).code).toBe(0);
    expect((await check("later.yaml", "--strict")).code).toBe(1);
    expect((await check("image.yaml", "--strict")).out).toContain("✓ image.yaml is valid (1 warning)\n");
  });

  test("a file name with a blank is quoted where it is to be copied", async () => {
    writeFileSync(join(folder, "the shop.yaml"), GOOD.replace("custom-script", "custom-scrip"));
    expect((await check("the shop.yaml")).out).toContain("sluice fix 'the shop.yaml'\n");
  });

  test.each([
    ["a missing file", "nowhere.yaml", /"nowhere\.yaml" cannot be read: there is no such file\./],
    ["a directory", ".", /"\." cannot be read: it is a directory\./],
    ["10 MB", "huge.yaml", /"huge\.yaml" has 10485760 bytes; a pipeline file has at most 4194304\./],
  ])("%s is wrong usage, said in one line", async (_, file, said) => {
    writeFileSync(join(folder, "huge.yaml"), "# the shop\n".padEnd(10 * 2 ** 20, "x"));
    const { code, err, out } = await check(file);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(said);
  });

  test("a binary file is told as such", async () => {
    writeFileSync(join(folder, "binary.yaml"), new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 255, 254]));
    const { code, out } = await check("binary.yaml");
    expect(code).toBe(1);
    expect(out).toContain("binary.yaml:1:5: error: The file is not text: it holds a NUL character. [parse/not-text]");
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
              fix: 'Write "custom-script" instead of "custom-scrip"',
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
