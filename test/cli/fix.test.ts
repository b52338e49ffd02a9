import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { main } from "../../cli/program.ts";
import { recordedIo } from "./io.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-fix-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const GOOD = `version: "1.1"
stages:
- stage:
  - custom-script:
      alias: build # the shop
      commands: make
`;
const WRONG = GOOD.replace("custom-script", "custom-scrip");
const SHOWN = `shop.yaml:4:5: Write "custom-script" instead of "custom-scrip". [validate/unknown-action]
  -   - custom-scrip:
  +   - custom-script:

`;

function write(name: string, content: string | Uint8Array): void {
  writeFileSync(join(folder, name), content);
}

async function fix(...argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const io = recordedIo({ cwd: folder });
  const code = await main(["fix", ...argv], io);
  return { code, out: io.out(), err: io.err() };
}

const read = (name: string) => readFileSync(join(folder, name), "utf8");

describe("sluice fix", () => {
  test("shows what it changes, and writes it", async () => {
    write("shop.yaml", WRONG);
    expect(await fix("shop.yaml")).toEqual({ code: 0, out: `${SHOWN}✓ shop.yaml: 1 fix written\n`, err: "" });
    expect(read("shop.yaml")).toBe(GOOD);
  });

  test("--dry-run shows the same and writes nothing", async () => {
    write("shop.yaml", WRONG);
    const { code, out } = await fix("shop.yaml", "--dry-run");
    expect({ code, out }).toEqual({ code: 0, out: `${SHOWN}✓ shop.yaml: 1 fix not written (--dry-run)\n` });
    expect(read("shop.yaml")).toBe(WRONG);
  });

  test("several files; one with an error that is left is enough for exit 1", async () => {
    write("good.yaml", GOOD);
    write("hopeless.yaml", GOOD.replace("custom-script", "kubernetes"));
    const { code, out } = await fix("hopeless.yaml", "good.yaml");
    expect(code).toBe(1);
    expect(out).toBe(
      "✗ hopeless.yaml: nothing to fix, 1 error left: see sluice check hopeless.yaml\n✓ good.yaml: nothing to fix\n",
    );
    expect(read("good.yaml")).toBe(GOOD);
  });

  test("a warning that is left is not a failure", async () => {
    write("cron.yaml", `${WRONG}on: {push: {branches: [main]}}\n`);
    const { code, out } = await fix("cron.yaml");
    expect(code).toBe(0);
    expect(out).toContain("✓ cron.yaml: 1 fix written, 1 warning left: see sluice check cron.yaml\n");
  });

  test("a byte order mark stays", async () => {
    write("marked.yaml", `\ufeff${WRONG}`);
    expect((await fix("marked.yaml")).code).toBe(0);
    expect(read("marked.yaml")).toBe(`\ufeff${GOOD}`);
  });

  test("a file that is not UTF-8 is left as it is", async () => {
    const bytes = Buffer.from(WRONG.replace("the shop", "caf\u00e9"), "latin1");
    write("latin.yaml", bytes);
    const { code, err } = await fix("latin.yaml");
    expect(code).toBe(2);
    expect(err).toContain('"latin.yaml" is not UTF-8, so it was left as it is.');
    expect(readFileSync(join(folder, "latin.yaml"))).toEqual(bytes);
  });
});
