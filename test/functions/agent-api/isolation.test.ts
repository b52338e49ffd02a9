import { createHash, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAgentApi, type Runtime } from "../../../functions/index.ts";
import { startEndpoint } from "../../local/wire/endpoint.ts";
import { action, plan } from "../support/plans.ts";
import { type Database, Shop, startDatabase } from "../support/shop.ts";

let database: Database;
let store: Awaited<ReturnType<typeof startEndpoint>>;
beforeAll(async () => {
  [database, store] = await Promise.all([startDatabase(), startEndpoint()]);
});
afterAll(() => Promise.all([database.stop(), store.stop()]));

const hex = (text: string) => createHash("sha256").update(text).digest("hex");
const pack = (text: string) => ({ sha256: hex(text), bytes: text.length });

/** A run whose `build` left a directory to `deploy`, and the agent of `deploy`; objects are in a store that checks signatures. */
async function open() {
  const restores = [{ namespace: "build", key: "build", stored: true, action: "build" }];
  const namespaces = [{ namespace: "deploy", key: "deploy", stored: true }];
  const shop = await Shop.open(database, plan([action("build", 0), action("deploy", 1, { restores, namespaces })]));
  const s3 = new S3Client({ ...store.inProcess, forcePathStyle: true });
  const runtime: Runtime = {
    ...shop.runtime,
    // Plans stand in the shop's own bucket; what is presigned leads to the store.
    clients: { ...shop.runtime.clients, s3 },
    environment: { ...shop.runtime.environment, bucketName: "shop-bucket" },
    clock: { now: () => Date.now() },
  };
  for (const [key, { body }] of shop.bucket.objects) {
    await store.store.put(key, Readable.from([body]), { contentType: "text/plain", metadata: {}, checksums: {} });
  }
  const secrets = new Map<string, string>();
  const call = async (attemptId: string, name: string, body: unknown, secret = secrets.get(attemptId)) => {
    const event = {
      rawPath: `/v1/attempts/${attemptId}/${name}`,
      headers: { authorization: `Bearer ${secret}` },
      body: JSON.stringify(body),
      isBase64Encoded: false,
      requestContext: { http: { method: "POST" } },
    };
    const answer = (await createAgentApi(runtime)(event, {} as never)) as { statusCode: number; body: string };
    return { status: answer.statusCode, body: JSON.parse(answer.body) };
  };
  const bootstrap = async (name: string, token: string) => {
    await shop.enter(name, token);
    const attemptId = shop.attempt(name);
    const nonce = shop.executor.specifications.get(attemptId)?.agentEnvironment["SLUICE_ATTEMPT_NONCE"];
    const { body } = await call(attemptId, "bootstrap", { nonce });
    secrets.set(attemptId, body.secret);
    return attemptId;
  };
  const put = async (text: string, attemptId: string, directory: string) => {
    const { body } = await call(attemptId, "packs", { directory, packs: [pack(text)] });
    const [target] = body.targets;
    return {
      target,
      send: (body = text, url = target.url, headers = target.headers) => fetch(url, { method: "PUT", body, headers }),
    };
  };
  const goods = `goods of ${randomUUID()}`;
  const build = await bootstrap("build", "token-1");
  expect((await (await put(goods, build, "build")).send()).status).toBe(200);
  const kept = { ...pack(goods), plainBytes: 9 };
  const list = await call(build, "directories", { directory: "build", entries: [kept], contents: [] });
  const { objectKey } = list.body;
  const report = { end: "exited", exitCode: 0, logTail: [], outputs: [], endedAt: "2026-01-15T12:00:00Z" };
  const left = [{ namespace: "build", key: "build", objectKey, bytes: 9 }];
  expect((await call(build, "complete", { ...report, directories: left })).status).toBe(200);
  return {
    shop,
    secretOf: (attemptId: string) => secrets.get(attemptId),
    call,
    put,
    build,
    deploy: await bootstrap("deploy", "token-2"),
    objectKey,
    report,
    goods,
    kept,
  };
}

describe("a presigned URL", () => {
  test("takes the content that was announced, under its own name, and nothing else", async () => {
    const { put, deploy } = await open();
    const { target, send } = await put("goods of the shop", deploy, "deploy");
    const elsewhere = target.url.replace(hex("goods of the shop"), hex("another"));
    const refused = [
      await send("evil! of the shop"),
      await send("goods of the shop and more", target.url, { ...target.headers, "content-length": "26" }),
      await send("short", target.url, { ...target.headers, "content-length": "5" }),
      await send(undefined, elsewhere),
      await send(undefined, target.url.replace("/dirs/shop/", "/dirs/bank/")),
      await send(undefined, target.url.replace("/dirs/shop/", "/plans/")),
      await send(undefined, target.url, {}),
      await send(undefined, target.url.replace(/X-Amz-Expires=\d+/, "X-Amz-Expires=604800")),
      await fetch(target.url),
      await fetch(target.url, { method: "DELETE" }),
      await fetch(target.url.split("?")[0] ?? ""),
    ];
    expect(refused.map(({ status }) => status).filter((status) => status < 400)).toEqual([]);
    expect((await send()).status).toBe(200);
  });

  test("reads one pack of the directory that is restored", async () => {
    const { call, deploy, objectKey, goods } = await open();
    const { body } = await call(deploy, "restores", { directory: "build", from: 0 });
    const { url, sha256 } = body.packs[0];
    expect(await (await fetch(url)).text()).toBe(goods);
    const refused = [
      await fetch(url.replace(`dirs/shop/${sha256}`, objectKey)),
      await fetch(url.replace(`dirs/shop/${sha256}`, "plans/plan-1/plan.json")),
      await fetch(url.replace(`/dirs/shop/${sha256}`, "/")),
      await fetch(`${url}&list-type=2`),
      await fetch(url, { method: "PUT", body: "evil" }),
    ];
    expect(refused.map(({ status }) => status).filter((status) => status < 400)).toEqual([]);
  });
});

describe("the secret of an attempt", () => {
  test("opens no call of another attempt, nor of one that there is not", async () => {
    const { shop, call, build, deploy, secretOf } = await open();
    const own = secretOf(deploy);
    const others = [build, `${shop.runId}.deploy.2`, "20260115-120000-bbbbbb.deploy.1", `${shop.runId}.__proto__.1`];
    for (const attemptId of others) {
      for (const name of ["heartbeat", "outputs", "uploads", "packs", "directories", "restores", "complete"]) {
        expect((await call(attemptId, name, {}, own)).status, `${attemptId} ${name}`).toBe(401);
      }
    }
    for (const path of ["..", `${deploy}/../${build}`, encodeURIComponent(`../${build}`), `${deploy}%00`]) {
      expect([400, 401, 404]).toContain((await call(path, "heartbeat", { phase: "running" }, own)).status);
    }
  });

  test("restores, stores and reports nothing that is not the action's own", async () => {
    const { call, deploy, objectKey, report, kept } = await open();
    for (const directory of ["deploy", "../build", "build/", "constructor", ""]) {
      expect((await call(deploy, "restores", { directory, from: 0 })).status, directory).toBe(400);
    }
    for (const directory of ["build", "../deploy", "toString", ""]) {
      expect((await call(deploy, "packs", { directory, packs: [pack("x")] })).status, directory).toBe(400);
      expect((await call(deploy, "directories", { directory, entries: [kept], contents: [] })).status).toBe(400);
    }
    for (const sha256 of ["../plans/x", hex("x").toUpperCase(), `${hex("x")}/`, ""]) {
      expect((await call(deploy, "packs", { directory: "deploy", packs: [{ sha256, bytes: 1 }] })).status).toBe(400);
      expect((await call(deploy, "uploads", { file: "a", sha256, bytes: 1 })).status).toBe(400);
    }
    // What another attempt has stored, and what nobody has.
    for (const key of [objectKey, "plans/plan-1/plan.json", `dirs/shop/${hex("x")}.json`]) {
      const directories = [{ namespace: "deploy", key: "deploy", objectKey: key, bytes: 1 }];
      expect((await call(deploy, "complete", { ...report, directories })).status, key).toBe(400);
    }
    for (const key of ["plans/plan-1/plan.json", `files/bank/${hex("x")}`, `files/shop/../${hex("x")}`, objectKey]) {
      const files = [{ name: "a", bytes: 1, objectKey: key }];
      expect((await call(deploy, "complete", { ...report, directories: [], files })).status, key).toBe(400);
    }
  });

  test("is worth nothing after the end", async () => {
    const { call, build } = await open();
    const calls = {
      heartbeat: { phase: "running" },
      outputs: { entries: [{ name: "a", value: 1 }] },
      packs: { directory: "build", packs: [pack("x")] },
      uploads: { file: "a", ...pack("x") },
      restores: { directory: "build", from: 0 },
    };
    for (const [name, body] of Object.entries(calls)) {
      expect((await call(build, name, body)).status, name).toBe(409);
    }
  });
});
