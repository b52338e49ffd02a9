import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { endings, runExample } from "./run-example.ts";

test("configs and secrets reach the actions, and the secrets nobody else", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-key-"));
  try {
    writeFileSync(join(folder, "key.pem"), "-----BEGIN SHOP KEY-----\nwell-hidden\n");
    const { code, run, stderr } = await runExample("secrets-and-configs/pipeline.yaml", {
      args: [
        "--config",
        "registry=registry.shop.example",
        "--secret",
        "SHOP_TOKEN",
        "--secret-file",
        `shop.key=${join(folder, "key.pem")}`,
      ],
      env: { SHOP_TOKEN: "correct-horse-battery" },
    });
    expect(endings(run)).toEqual(["log in succeeded", "sign succeeded"]);
    expect(code).toBe(0);
    expect(run.outputs).toEqual({ token_length: "21", key_lines: "2" });
    expect(stderr).toContain("logging in to registry.shop.example with ******");
    expect(stderr + JSON.stringify(run)).not.toContain("correct-horse-battery");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
