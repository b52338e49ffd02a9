import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { GetParametersByPathCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ConfigStore } from "../../../functions/configs/names.ts";
import { readConfigs } from "../../../functions/configs/read-configs.ts";
import { storeConfig } from "../../../functions/configs/store-config.ts";
import { startEndpoint } from "../../local/wire/endpoint.ts";

let shop: Awaited<ReturnType<typeof startEndpoint>>;
beforeAll(async () => {
  shop = await startEndpoint();
});
afterAll(() => shop.stop());

/** The store of an installation of its own, within the one Parameter Store. */
function storeOf(name: string): ConfigStore {
  const clients = { ssm: new SSMClient(shop.inProcess), s3: new S3Client({ ...shop.inProcess, forcePathStyle: true }) };
  return { clients, environment: { bucketName: "shop-bucket", configPrefix: `/${name}` } };
}

async function parametersOf(name: string) {
  const all = new GetParametersByPathCommand({ Path: `/${name}`, Recursive: true, WithDecryption: true });
  const { Parameters = [] } = await new SSMClient(shop.inProcess).send(all);
  return Parameters.map(({ Name, Type, Value }) => [Name, Type, Value]);
}

test("configs are Strings, secrets SecureStrings, files base64", async () => {
  const store = storeOf("plain");
  await storeConfig(store, { key: "registry.user", kind: "value", content: "bot", secret: false });
  await storeConfig(store, { key: "registry.password", kind: "value", content: "hunter2", secret: true });
  await storeConfig(store, { key: "npmrc", kind: "file", content: "token=1", secret: true });
  expect(await parametersOf("plain")).toEqual([
    ["/plain/config-files/npmrc", "SecureString", Buffer.from("token=1").toString("base64")],
    ["/plain/configs/registry.password", "SecureString", "hunter2"],
    ["/plain/configs/registry.user", "String", "bot"],
  ]);
  expect(await readConfigs(store, ["npmrc", "registry.user", "registry.password", "absent", "a b"])).toEqual(
    new Map([
      ["npmrc", { kind: "file", contentBase64: Buffer.from("token=1").toString("base64"), secret: true }],
      ["registry.user", { kind: "value", value: "bot", secret: false }],
      ["registry.password", { kind: "value", value: "hunter2", secret: true }],
    ]),
  );
});

test.each([
  ["nothing", ""],
  ["600 KB", "s3cret é ".repeat(60_000)],
])("what Parameter Store does not take, %s, is kept encrypted", async (name, content) => {
  const store = storeOf(`sealed-${content.length}`);
  await storeConfig(store, { key: "notes", kind: "value", content, secret: false });
  await storeConfig(store, { key: "key", kind: "value", content, secret: true });
  await storeConfig(store, { key: "file", kind: "file", content, secret: true });
  expect(await readConfigs(store, ["notes", "key", "file"]), name).toEqual(
    new Map([
      ["notes", { kind: "value", value: content, secret: false }],
      ["key", { kind: "value", value: content, secret: true }],
      ["file", { kind: "file", contentBase64: Buffer.from(content).toString("base64"), secret: true }],
    ]),
  );
  for (const entry of await readdir(shop.directory, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) expect(await readFile(join(entry.parentPath, entry.name), "latin1")).not.toContain("s3cret");
  }
});

test("of a key that was stored in two ways the latest counts", async () => {
  const store = storeOf("changed");
  for (const content of ["x".repeat(9000), "short", ""]) {
    await storeConfig(store, { key: "key", kind: "value", content, secret: true });
    expect((await readConfigs(store, ["key"])).get("key")).toMatchObject({ value: content });
    // The times of Parameter Store, by which the latest is told, have milliseconds.
    const now = Date.now();
    await expect.poll(() => Date.now()).toBeGreaterThan(now);
  }
});

test("what is kept for a pipeline is seen by it alone, and wins there, whatever is younger", async () => {
  const store = storeOf("scoped");
  const keep = (key: string, content: string, pipeline?: string) =>
    storeConfig(store, { key, kind: "value", content, secret: true, ...(pipeline !== undefined && { pipeline }) });
  await keep("token", "of the shop", "shop");
  await keep("token", "of the bank", "bank");
  await keep("token", "of all");
  await keep("vault", "of the bank", "bank");
  const values = async (pipeline?: string) =>
    Object.fromEntries(
      [...(await readConfigs(store, ["token", "vault"], pipeline))].map(([key, config]) => [key, config]),
    );
  const secret = (value: string) => ({ kind: "value", value, secret: true });
  expect(await values("shop")).toEqual({ token: secret("of the shop") });
  expect(await values("bank")).toEqual({ token: secret("of the bank"), vault: secret("of the bank") });
  expect(await values("site")).toEqual({ token: secret("of all") });
  expect(await values()).toEqual({ token: secret("of all") });
  expect(await values("../bank")).toEqual({ token: secret("of all") });
});

test("a key that cannot be a name is refused", async () => {
  const stored = storeConfig(storeOf("refused"), { key: "a/b", kind: "value", content: "x", secret: true });
  await expect(stored).rejects.toMatchObject({ name: "InvalidConfigError", message: expect.stringContaining('"a/b"') });
});
