import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { loadCompileContext } from "../../../cli/compile-context.ts";
import { main } from "../../../cli/program.ts";
import { recordedIo } from "../io.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-no-engine-"));
  vi.stubEnv("PATH", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const SHOP = `version: "1.1"
stages:
- stage:
  - echo: {alias: open, executor: build, params: {text: open}}
`;

test.each([
  ["--containers", "--executor", "build=process"],
  ["--executor", "build=ecs"],
])("%s %s %s where nothing runs containers is wrong usage, with a remedy", async (...args) => {
  writeFileSync(join(folder, "pipeline.yaml"), SHOP);
  const io = recordedIo({ cwd: folder });
  expect(await main(["run", "pipeline.yaml", ...args.filter((arg) => arg !== undefined)], io)).toBe(2);
  expect(io.err()).toMatch(/No container engine works here|containers live in a virtual machine/);
  expect(io.err()).toContain("help: Install podman (or docker)");
});

test("with --containers, actions that name no executor run on one of the kind ecs", async () => {
  const options = { actions: [], executor: [], strict: false };
  const context = await loadCompileContext({ ...options, containers: true }, { cwd: folder });
  expect(context.defaultExecutor).toBe("containers");
  expect([...context.executors.values()]).toEqual([
    { name: "containers", kind: "ecs" },
    { name: "process", kind: "process" },
  ]);
  expect((await loadCompileContext(options, { cwd: folder })).defaultExecutor).toBe("process");
});
