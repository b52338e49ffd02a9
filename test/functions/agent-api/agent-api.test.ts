import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openAssignment } from "../../../agent/open-assignment.ts";
import { PACK_LIMITS } from "../../../agent/protocol.ts";
import { createAgentApi } from "../../../functions/index.ts";
import { action, output, plan, template } from "../support/plans.ts";
import { type Database, Shop, startDatabase } from "../support/shop.ts";

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

async function started(): Promise<{ shop: Shop; build: string }> {
  const shop = await Shop.open(database, plan([action("build", 0)]));
  await shop.enter("build", "token-1");
  return { shop, build: shop.attempt("build") };
}

const nonceOf = (shop: Shop, attemptId: string) =>
  shop.executor.specifications.get(attemptId)?.agentEnvironment["SLUICE_ATTEMPT_NONCE"];

describe("bootstrap", () => {
  test("exchanges the nonce once for a secret that is kept as a hash", async () => {
    const { shop, build } = await started();
    const { status, body } = await shop.bootstrap(build);
    expect(status).toBe(200);
    expect(Buffer.from(body.secret, "base64url")).toHaveLength(32);
    expect(body.assignment).toMatchObject({
      attemptId: build,
      runId: shop.runId,
      action: "build",
      script: "make build",
      shell: ["sh", "-e"],
      directories: [{ namespace: "build", key: "build", stored: true }],
      timeoutSeconds: 3600,
    });
    const record = await shop.item("attempt#build#000001");
    expect(record?.["secretHash"]).toBe(createHash("sha256").update(body.secret).digest("base64url"));
    expect((await shop.agent(build, "bootstrap", { nonce: nonceOf(shop, build) })).status).toBe(401);
  });

  test("gives racing agents one secret", async () => {
    const { shop, build } = await started();
    const nonce = nonceOf(shop, build);
    const answers = await Promise.all([1, 2, 3].map(() => shop.agent(build, "bootstrap", { nonce })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  });

  test.each([
    ["a wrong nonce", 401, { nonce: "wrong" }],
    ["no nonce", 400, {}],
  ])("refuses %s", async (_, status, body) => {
    const { shop, build } = await started();
    const answer = await shop.agent(build, "bootstrap", body);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
  });

  test("of an attempt that does not exist says no more than of a wrong nonce", async () => {
    const { shop } = await started();
    const answer = await shop.agent(`${shop.runId}.deploy.1`, "bootstrap", { nonce: "guess" });
    expect(answer.status).toBe(401);
  });

  test("of a run that was stopped meanwhile ends the attempt before anything of the user's runs", async () => {
    const { shop, build } = await started();
    await shop.cancel("ABORTED");
    expect((await shop.bootstrap(build)).status).toBe(409);
    expect(await shop.item("attempt#build#000001")).toMatchObject({ end: { kind: "cancelled" } });
  });

  test("of an attempt that is made while its run is being stopped ends, too", async () => {
    const shop = await Shop.open(database, plan([action("build", 0)]));
    shop.executor.onStart = async () => {
      await shop.cancel("ABORTED");
    };
    await shop.enter("build", "token-1");
    expect((await shop.bootstrap(shop.attempt("build"))).status).toBe(409);
  });

  test("whose values cannot be resolved any more fails the action", async () => {
    const shop = await Shop.open(
      database,
      plan([
        action("build", 0),
        action("deploy", 1, {
          envs: [{ name: "VERSION", value: template(output("build", "version")) }],
        }),
      ]),
    );
    await shop.perform("build", "token-1", { outputs: [{ name: "version", value: "v".repeat(50_000) }] });
    await shop.enter("deploy", "token-2");
    const record = await shop.item("output#build#version");
    shop.bucket.objects.delete(String(record?.["objectKey"]));
    const answer = await shop.bootstrap(shop.attempt("deploy"));
    expect(answer.status).toBe(500);
    expect(answer.body.detail).not.toContain("outputs/");
  });
});

describe("authentication", () => {
  test.each(["heartbeat", "outputs", "uploads", "packs", "directories", "restores", "complete"])(
    "%s wants the attempt's secret",
    async (call) => {
      const { shop, build } = await started();
      await shop.bootstrap(build);
      expect((await shop.agent(build, call, {}, "another-secret")).status).toBe(401);
      expect((await shop.agent(`${shop.runId}.other.1`, call, {}, "another-secret")).status).toBe(401);
    },
  );

  test("before the bootstrap no secret is right", async () => {
    const { shop, build } = await started();
    expect((await shop.agent(build, "heartbeat", { phase: "running" }, "")).status).toBe(401);
  });

  test("a call that does not exist is 404, a body that is no JSON 400", async () => {
    const { shop, build } = await started();
    const { body } = await shop.bootstrap(build);
    expect((await shop.agent(build, "steal", {})).status).toBe(404);
    const event = {
      rawPath: `/v1/attempts/${build}/heartbeat`,
      headers: { Authorization: `Bearer ${body.secret}` },
      body: Buffer.from("not json").toString("base64"),
      isBase64Encoded: true,
      requestContext: { http: { method: "POST" } },
    };
    expect(await createAgentApi(shop.runtime)(event, {} as never)).toMatchObject({ statusCode: 400 });
  });
});

describe("heartbeat", () => {
  test("moves the next check, tells Step Functions, and marks the action running once", async () => {
    const { shop, build } = await started();
    await shop.bootstrap(build);
    shop.advance(5);
    await shop.agent(build, "heartbeat", { phase: "preparing" });
    expect(await shop.action("build")).toMatchObject({ status: "queued" });
    const startedAt = new Date(shop.now).toISOString();
    expect((await shop.agent(build, "heartbeat", { phase: "running" })).body).toEqual({ cancel: false });
    shop.advance(30);
    await shop.agent(build, "heartbeat", { phase: "running" });
    expect(await shop.action("build")).toMatchObject({ status: "running", startedAt });
    expect(await shop.item("attempt#build#000001")).toMatchObject({ startedAt, lastSeen: shop.now });
    expect(shop.states.heartbeats).toEqual(["token-1", "token-1", "token-1"]);
    expect(shop.bus.events.map(({ detail }) => detail["status"])).toEqual(["running", "queued", "running"]);
  });

  test("swallows that the Task has ended, and answers that the run is being cancelled", async () => {
    const { shop, build } = await started();
    await shop.run(build);
    shop.states.deadTokens.set("token-1", "TaskTimedOut");
    expect((await shop.agent(build, "heartbeat", { phase: "running" })).body).toEqual({ cancel: false });
    await shop.cancel("ABORTED");
    expect((await shop.agent(build, "heartbeat", { phase: "running" })).body).toEqual({ cancel: true });
  });

  test("after the end is 409", async () => {
    const { shop, build } = await started();
    await shop.run(build);
    await shop.complete(build);
    expect((await shop.agent(build, "heartbeat", { phase: "running" })).status).toBe(409);
  });
});

describe("outputs", () => {
  test("are kept while the action runs, with their types, the last of a name", async () => {
    const { shop, build } = await started();
    await shop.run(build);
    const put = (...entries: { name: string; value: unknown }[]) => shop.agent(build, "outputs", { entries });
    await put({ name: "url", value: "http://old" }, { name: "ports", value: [80, 443] });
    await put({ name: "url", value: "http://new" }, { name: "ok", value: true }, { name: "nothing", value: null });
    expect(await shop.item("output#build#url")).toMatchObject({ type: "text", value: "http://new", bytes: 10 });
    expect(await shop.item("output#build#ports")).toMatchObject({ type: "json", value: "[80,443]" });
    expect(await shop.item("output#build#ok")).toMatchObject({ type: "json", value: "true" });
    expect(await shop.item("output#build#nothing")).toMatchObject({ type: "json", value: "null" });
  });

  test("of a failed action stay", async () => {
    const { shop } = await started();
    await shop.run(shop.attempt("build"));
    await shop.complete(shop.attempt("build"), { exitCode: 1, outputs: [{ name: "report", value: "2 failed" }] });
    expect(await shop.item("output#build#report")).toMatchObject({ value: "2 failed" });
  });

  test.each([
    ["a name of 129 characters", [{ name: "n".repeat(129), value: "x" }], "has 129 characters; at most 128"],
    ["a value of 1,024,001 bytes", [{ name: "log", value: "x".repeat(1_024_001) }], "1024001 bytes; at most 1024000"],
    [
      "a hundred and one entries",
      Array.from({ length: 101 }, (_, n) => ({ name: `key-${n}`, value: n })),
      '"key-100" is one more than the 100 outputs',
    ],
  ])("over a limit fail a successful action by name and size: %s", async (_, outputs, words) => {
    const { shop, build } = await started();
    await shop.run(build);
    const live = await shop.agent(build, "outputs", { entries: outputs });
    expect(live).toMatchObject({ status: 400, body: { detail: expect.stringContaining(words) } });
    await shop.complete(build, { outputs });
    expect(shop.states.answers).toMatchObject([{ kind: "failure", cause: expect.stringContaining(words) }]);
  });

  test("of 1,024,000 bytes are taken", async () => {
    const { shop, build } = await started();
    await shop.run(build);
    await shop.complete(build, { outputs: [{ name: "log", value: "x".repeat(1_024_000) }] });
    expect(shop.states.answers).toMatchObject([{ kind: "success" }]);
  });
});

describe("packs", () => {
  const sha256 = createHash("sha256").update("archive").digest("hex");
  const request = { directory: "build", packs: [{ sha256, bytes: 7 }] };

  test("get a URL for exactly one object, with length and checksum signed", async () => {
    const { shop, build } = await started();
    await shop.run(build);
    const { status, body } = await shop.agent(build, "packs", request);
    expect(status).toBe(200);
    const [target] = body.targets;
    expect(target.headers).toEqual({
      "content-length": "7",
      "x-amz-checksum-sha256": Buffer.from(sha256, "hex").toString("base64"),
    });
    const url = new URL(target.url);
    expect(url.pathname).toBe(`/shop-objects/dirs/shop/${sha256}`);
    expect(url.searchParams.get("X-Amz-SignedHeaders")).toBe("content-length;host;x-amz-checksum-sha256");
    expect(url.searchParams.has("x-amz-checksum-crc32")).toBe(false);
  });

  test("get none where the object exists, unless it is about to be removed by its age", async () => {
    const { shop, build } = await started();
    await shop.run(build);
    shop.bucket.put(`dirs/shop/${sha256}`, "archive");
    expect((await shop.agent(build, "packs", request)).body).toEqual({ targets: [null] });
    shop.bucket.put(`dirs/shop/${sha256}`, "archive", new Date("2025-11-01T00:00:00Z"));
    expect((await shop.agent(build, "packs", request)).body.targets).toMatchObject([{ url: expect.any(String) }]);
  });

  test.each([
    ["another directory", { ...request, directory: "../deploy" }],
    ["a hash that is none", { ...request, packs: [{ sha256: "../../plans", bytes: 7 }] }],
    ["more than a pack holds", { ...request, packs: [{ sha256, bytes: PACK_LIMITS.bytes + 1 }] }],
    ["too many packs", { ...request, packs: Array.from({ length: 33 }, () => ({ sha256, bytes: 7 })) }],
  ])("of %s are refused", async (_, body) => {
    const { shop, build } = await started();
    await shop.run(build);
    expect((await shop.agent(build, "packs", body)).status).toBe(400);
  });
});

describe("a directory", () => {
  const pack = { sha256: "b".repeat(64), bytes: 7, plainBytes: 9 };
  const list = { directory: "build", entries: [pack], contents: [pack, { ...pack, sha256: "c".repeat(64) }] };

  test("that was stored is restored by a later action, and by no other", async () => {
    const restores = [{ namespace: "build", key: "build", stored: true, action: "build" }];
    const actions = [action("build", 0), action("deploy", 1, { restores }), action("notify", 1)];
    const shop = await Shop.open(database, plan(actions));
    await shop.enter("build", "token-1");
    const build = shop.attempt("build");
    await shop.run(build);
    const { objectKey } = (await shop.agent(build, "directories", list)).body;
    expect(objectKey).toMatch(/^dirs\/shop\/[0-9a-f]{64}\.json$/);
    await shop.complete(build, { directories: [{ namespace: "build", key: "build", objectKey, bytes: 9 }] });
    await shop.enter("deploy", "token-2");
    expect((await shop.bootstrap(shop.attempt("deploy"))).body.assignment.restores).toEqual([
      { namespace: "build", key: "build" },
    ]);
    const answer = await shop.agent(shop.attempt("deploy"), "restores", { directory: "build", from: 1 });
    expect(answer.body).toMatchObject({
      entries: 1,
      total: 3,
      packs: [
        { ...pack, url: expect.stringContaining(`/dirs/shop/${pack.sha256}?`) },
        { sha256: "c".repeat(64), url: expect.stringContaining(`/dirs/shop/${"c".repeat(64)}?`) },
      ],
    });
    await shop.enter("notify", "token-3");
    await shop.run(shop.attempt("notify"));
    expect((await shop.agent(shop.attempt("notify"), "restores", { directory: "build", from: 0 })).status).toBe(400);
    shop.bucket.objects.delete(objectKey);
    const gone = await shop.agent(shop.attempt("deploy"), "restores", { directory: "build", from: 0 });
    expect(gone).toMatchObject({ status: 404, body: { detail: expect.stringContaining('"build"') } });
  });

  test.each([
    ["of another action", { ...list, directory: "deploy" }],
    ["without entries", { ...list, entries: [] }],
    ["with a pack that is none", { ...list, contents: [{ ...pack, sha256: "../../plans" }] }],
  ])("%s is not stored", async (_, body) => {
    const { shop, build } = await started();
    await shop.run(build);
    expect((await shop.agent(build, "directories", body)).status).toBe(400);
  });
});

describe("an assignment too large for an answer", () => {
  test("is sealed in an object, and the agent opens it", async () => {
    const value = '"v" '.repeat(100_000);
    const names = Array.from({ length: 15 }, (_, index) => `notes${index}`);
    const variables = names.map((name) => ({ name, value: template(output("build", name)) }));
    const script = { text: "true", variables };
    const shop = await Shop.open(database, plan([action("build", 0), action("deploy", 1, { script })]));
    await shop.perform("build", "token-1", { outputs: names.map((name) => ({ name, value })) });
    await shop.enter("deploy", "token-2");
    const { status, body } = await shop.bootstrap(shop.attempt("deploy"));
    expect(status).toBe(200);
    expect(body).not.toHaveProperty("assignment");
    const objectKey = new URL(body.sealed.url).pathname.replace("/shop-objects/", "");
    expect(objectKey).toMatch(new RegExp(`^values/${shop.runId}/assignments/[0-9a-f]{32}$`));
    const object = shop.bucket.objects.get(objectKey)?.body ?? Buffer.alloc(0);
    expect(object.includes("notes1")).toBe(false);
    const { signal } = new AbortController();
    const send = async () => new Response(new Uint8Array(object));
    const opened = await openAssignment(body.sealed, { fetch: send, signal, unreachableSeconds: 0 });
    expect(opened.variables).toEqual(names.map((name) => ({ name, value })));
    object[object.length - 20] = 0;
    await expect(openAssignment(body.sealed, { fetch: send, signal, unreachableSeconds: 0 })).rejects.toThrow();
  });
});

describe("complete", () => {
  test("may come twice, and too late, and changes nothing then", async () => {
    const { shop, build } = await started();
    await shop.run(build);
    expect((await shop.complete(build)).status).toBe(200);
    expect((await shop.complete(build, { exitCode: 1, outputs: [{ name: "late", value: 1 }] })).status).toBe(200);
    expect(shop.states.answers).toMatchObject([{ kind: "success" }]);
    expect(await shop.action("build")).toMatchObject({ status: "succeeded" });
    expect(await shop.item("output#build#late")).toBeUndefined();
  });

  test("keeps directories for later actions, but only the action's own", async () => {
    const { shop, build } = await started();
    await shop.run(build);
    const pack = { sha256: "b".repeat(64), bytes: 7, plainBytes: 9 };
    const list = { directory: "build", entries: [pack], contents: [] };
    const { objectKey } = (await shop.agent(build, "directories", list)).body;
    const stolen = [{ namespace: "deploy", key: "deploy", objectKey, bytes: 1 }];
    expect((await shop.complete(build, { directories: stolen })).status).toBe(400);
    const elsewhere = [{ namespace: "build", key: "build", objectKey: "plans/x/plan.json", bytes: 1 }];
    expect((await shop.complete(build, { directories: elsewhere })).status).toBe(400);
    const foreign = [{ namespace: "build", key: "build", objectKey: `dirs/shop/${"f".repeat(64)}.json`, bytes: 1 }];
    expect((await shop.complete(build, { directories: foreign })).status).toBe(400);
    await shop.complete(build, { directories: [{ namespace: "build", key: "build", objectKey, bytes: 9 }] });
    expect(await shop.action("build")).toMatchObject({ directories: { build: { objectKey, bytes: 9 } } });
  });

  test("keeps the last 20 lines of the log and no more than 8 KiB of them", async () => {
    const { shop, build } = await started();
    await shop.run(build);
    const logTail = Array.from({ length: 30 }, (_, n) => `line ${n}`);
    await shop.complete(build, { exitCode: 1, logTail: [...logTail, "x".repeat(8000)] });
    const kept = (await shop.action("build"))?.["logTail"];
    expect(kept).toHaveLength(20);
    expect(kept).toContain("line 29");
  });
});
