import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, expect, test } from "vitest";
import type { RunView } from "../../../functions/index.ts";
import { saveFiles } from "../../../local/installation/save-files.ts";
import { createObjectStore } from "../../../local/objects/object-store.ts";

const state = mkdtempSync(join(tmpdir(), "sluice-files-"));
afterAll(() => rmSync(state, { recursive: true, force: true }));

const REPORT = { name: "report.html", bytes: 6, objectKey: "files/report" };
const GONE = { name: "old.html", bytes: 3, objectKey: "files/gone" };
const CLIMBING = { ...REPORT, name: "../../../report.html" };

function runOf(...files: (typeof REPORT)[]): RunView {
  const build = { key: "build", alias: "build", type: "custom-script", stage: 0, attempts: 1, outputs: {} } as const;
  const base = {
    runId: "r1",
    pipeline: "shop",
    name: "shop",
    status: "succeeded",
    createdAt: "",
    outputs: {},
  } as const;
  return {
    ...base,
    actions: [
      { ...build, status: "succeeded", files },
      { ...build, key: "lint", status: "skipped" },
    ],
  };
}

test("copies stand below the run by their names; what the store does not have, or no name may be, is left out", async () => {
  const store = createObjectStore(join(state, "objects"), () => 0);
  const header = { contentType: "text/html", metadata: {}, checksums: {} };
  await store.put(REPORT.objectKey, Readable.from([Buffer.from("report")]), header);
  const saved = await saveFiles(store, state, runOf(REPORT, GONE, CLIMBING));
  const path = join(state, "runs", "r1", "files", "build", "report.html");
  expect(saved("build", "report.html")).toBe(path);
  expect(readFileSync(path, "utf8")).toBe("report");
  expect(saved("build", "old.html")).toBeUndefined();
  expect(saved("build", CLIMBING.name)).toBeUndefined();
  expect(saved("lint", "report.html")).toBeUndefined();
  expect(readdirSync(join(state, "runs", "r1", "files"))).toEqual(["build"]);
  expect(existsSync(join(state, "runs", "report.html"))).toBe(false);

  await store.put(REPORT.objectKey, Readable.from([Buffer.from("newer")]), header);
  await saveFiles(store, state, runOf(REPORT));
  expect(readFileSync(path, "utf8")).toBe("newer");
});
