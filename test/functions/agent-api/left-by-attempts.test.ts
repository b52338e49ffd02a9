import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ANALYSIS_LIMITS, FILE_LIMITS } from "../../../agent/protocol.ts";
import { readRun } from "../../../functions/index.ts";
import { action, plan } from "../support/plans.ts";
import { type Database, Shop, startDatabase } from "../support/shop.ts";

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

async function running(changes: Parameters<typeof action>[2] = {}): Promise<{ shop: Shop; build: string }> {
  const shop = await Shop.open(database, plan([action("build", 0, changes)]));
  await shop.enter("build", "token-1");
  const build = shop.attempt("build");
  await shop.run(build);
  return { shop, build };
}

const SHA256 = createHash("sha256").update("report").digest("hex");
const FILE = { name: "report.html", bytes: 6, objectKey: `files/shop/${SHA256}` };
const ANALYSIS = {
  kind: "compile",
  summary: "Compile error: cart.c:3",
  lines: ["cart.c:3:1: error: expected ';'"],
} as const;

describe("files", () => {
  test("get a URL for exactly one object, named by its content", async () => {
    const { shop, build } = await running();
    const { status, body } = await shop.agent(build, "uploads", { file: "report.html", sha256: SHA256, bytes: 6 });
    expect(status).toBe(200);
    expect(body.objectKey).toBe(FILE.objectKey);
    expect(new URL(body.target.url).pathname).toBe(`/shop-objects/${FILE.objectKey}`);
    shop.bucket.put(FILE.objectKey, "report");
    const again = await shop.agent(build, "uploads", { file: "again.html", sha256: SHA256, bytes: 6 });
    expect(again.body).not.toHaveProperty("target");
  });

  test.each([
    ["a path", { file: "../report.html", sha256: SHA256, bytes: 6 }],
    ["no name", { file: "", sha256: SHA256, bytes: 6 }],
    ["more than 10 MiB", { file: "core", sha256: SHA256, bytes: FILE_LIMITS.fileBytes + 1 }],
  ])("with %s get none", async (_, body) => {
    const { shop, build } = await running();
    expect((await shop.agent(build, "uploads", body)).status).toBe(400);
  });

  test("are recorded with the action, whether it succeeded or failed", async () => {
    for (const exitCode of [0, 1]) {
      const { shop, build } = await running();
      await shop.complete(build, { exitCode, files: [FILE] });
      expect((await readRun(shop.runtime, shop.runId)).actions[0]?.files).toEqual([FILE]);
    }
    const { shop, build } = await running();
    await shop.complete(build, { files: [] });
    expect((await readRun(shop.runtime, shop.runId)).actions[0]).not.toHaveProperty("files");
  });

  test.each([
    ["a path", { ...FILE, name: "../../report.html" }],
    ["an object of another sort", { ...FILE, objectKey: `plans/${SHA256}/plan.json` }],
    ["an object of another pipeline", { ...FILE, objectKey: `files/bank/${SHA256}` }],
    ["more than 10 MiB", { ...FILE, bytes: FILE_LIMITS.fileBytes + 1 }],
  ])("with %s are refused", async (_, file) => {
    const { shop, build } = await running();
    expect((await shop.complete(build, { files: [file] })).status).toBe(400);
  });

  test("of an earlier attempt are gone with it", async () => {
    const { shop, build } = await running({
      retry: { maxTimes: 1, intervalSeconds: 1, ratio: 1, limitSeconds: 1 },
    });
    await shop.complete(build, { exitCode: 1, files: [FILE], analysis: ANALYSIS });
    await shop.perform("build", "token-2", {}, 2);
    const view = (await readRun(shop.runtime, shop.runId)).actions[0];
    expect(view).toMatchObject({ status: "succeeded", attempts: 2 });
    expect(view).not.toHaveProperty("files");
    expect(view).not.toHaveProperty("error");
  });
});

describe("the analysis of a failure", () => {
  test("stands on the action's error", async () => {
    const { shop, build } = await running();
    await shop.complete(build, { exitCode: 2, analysis: ANALYSIS });
    const { error } = (await readRun(shop.runtime, shop.runId)).actions[0] ?? {};
    expect(error).toEqual({
      name: "Sluice.ActionFailed",
      message: 'action "build" failed with exit code 2',
      exitCode: 2,
      analysis: ANALYSIS,
    });
  });

  test("of an action that succeeded is not kept", async () => {
    const { shop, build } = await running();
    await shop.complete(build, { exitCode: 0, analysis: ANALYSIS });
    const view = (await readRun(shop.runtime, shop.runId)).actions[0];
    expect(view).toMatchObject({ status: "succeeded" });
    expect(view).not.toHaveProperty("error");
    expect(await shop.item("attempt#build#000001")).not.toHaveProperty("end.analysis");
  });

  test("is cut to its limits, and a kind of a younger agent is unknown", async () => {
    const { shop, build } = await running();
    const analysis = {
      kind: "quantum",
      summary: "s".repeat(9000),
      lines: Array.from({ length: 99 }, () => "l".repeat(9000)),
    };
    await shop.complete(build, { exitCode: 1, analysis: analysis as never });
    const kept = (await readRun(shop.runtime, shop.runId)).actions[0]?.error?.analysis;
    expect(kept?.kind).toBe("unknown");
    expect(kept?.summary).toHaveLength(ANALYSIS_LIMITS.summaryCharacters);
    expect(kept?.lines.map((line) => line.length)).toEqual(
      Array.from({ length: ANALYSIS_LIMITS.lines }, () => ANALYSIS_LIMITS.lineCharacters),
    );
  });
});
