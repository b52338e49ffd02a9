import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readDevFile, writeDevFile } from "../../cli/api/dev-file.ts";
import { main } from "../../cli/program.ts";
import { recordedIo } from "./io.ts";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "sluice-dev-"));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const PIPELINE = `version: "1.1"
name: shop
stages:
- stage:
  - custom-script:
      alias: build
      commands:
      - echo "at \${{ configs.place }}"
`;

/** Serves in this process, does something with it, and sends Ctrl-C. */
async function withDev(argv: readonly string[], use: () => Promise<void>) {
  const io = recordedIo({ cwd });
  const finished = main(["dev", ...argv], io);
  const early = finished.then((code) => Promise.reject(new Error(`ended with ${code}: ${io.err()}`)));
  await Promise.race([early, vi.waitUntil(() => io.out().includes("Sluice serves its API"), { timeout: 60_000 })]);
  early.catch(() => undefined);
  await use();
  io.send("SIGINT");
  return { code: await finished, out: io.out(), err: io.err() };
}

test("keeps an installation running that the other commands find, and ends cleanly", { timeout: 120_000 }, async () => {
  writeFileSync(join(cwd, "pipeline.yaml"), PIPELINE);
  let endpoint = "";
  const { code, out, err } = await withDev(["pipeline.yaml", "--config", "place=home"], async () => {
    endpoint = readDevFile(join(cwd, ".sluice"))?.endpoint ?? "";
    const io = recordedIo({ cwd });
    expect(await main(["submit", "--pipeline", "shop", "--wait"], io), io.err()).toBe(0);
    const logs = recordedIo({ cwd });
    const runId = /run (\S+)/.exec(io.err())?.[1] ?? "";
    expect(await main(["logs", runId, "build"], logs), logs.err()).toBe(0);
    expect(logs.out()).toBe("at home\n");
  });
  expect(code).toBe(0);
  expect(out).toContain(`Sluice serves its API at ${endpoint}\n  deployed  shop (pipeline.yaml)`);
  expect(err).toMatch(/✓ \S+ shop succeeded\n/);
  expect(existsSync(join(cwd, ".sluice", "dev.json"))).toBe(false);
  await expect(fetch(endpoint)).rejects.toThrow();
});

test("a pipeline with a mistake is not deployed, and nothing is served", async () => {
  writeFileSync(join(cwd, "wrong.yaml"), PIPELINE.replace("custom-script", "custom-scrip"));
  const io = recordedIo({ cwd });
  expect(await main(["dev", "wrong.yaml"], io)).toBe(1);
  expect(io.err()).toContain('Did you mean "custom-script"?');
  expect(io.out()).toBe("");
});

test.each([
  [["--port", "70000"], "--port 70000 is no port."],
  [["--port", "x"], "--port x is no port."],
])("%o is refused", async (argv, message) => {
  const io = recordedIo({ cwd });
  expect(await main(["dev", ...argv], io)).toBe(2);
  expect(io.err()).toContain(message);
});

test("a port that another program has, and a directory that another sluice dev has, are refused", {
  timeout: 120_000,
}, async () => {
  await withDev([], async () => {
    const port = new URL(readDevFile(join(cwd, ".sluice"))?.endpoint ?? "").port;
    const io = recordedIo({ cwd });
    expect(await main(["dev", "--state-dir", "other", "--port", port], io)).toBe(2);
    expect(io.err()).toContain(`Port ${port} of this machine cannot be used: another program listens on it.`);
    expect(io.err()).toContain("leave it away for a free one");
  });
  // The process with the number 1 is always there.
  writeDevFile(join(cwd, ".sluice"), {
    endpoint: "http://127.0.0.1:1",
    region: "us-east-1",
    accessKeyId: "LOCAL1",
    secretAccessKey: "s",
    pid: 1,
  });
  const io = recordedIo({ cwd });
  expect(await main(["dev"], io)).toBe(2);
  expect(io.err()).toContain("A sluice dev runs here already: process 1 at http://127.0.0.1:1.");
});
