import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createObjectStore, type ObjectStore } from "../../../local/objects/object-store.ts";

const HEADER = { contentType: "text/plain", metadata: {}, checksums: {} };
let directory: string;
let store: ObjectStore;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "sluice-objects-"));
  store = createObjectStore(join(directory, "objects"), () => 0);
});
afterEach(() => rm(directory, { recursive: true }));

async function* content(...chunks: readonly string[]): AsyncIterable<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

async function read(key: string): Promise<string | undefined> {
  const found = await store.get(key);
  return found && Buffer.concat(await found.content.toArray()).toString();
}

test("keys that would collide or escape as paths are different objects inside the directory", async () => {
  const keys = [
    "a",
    "A",
    "a/b",
    "a/",
    "../a",
    "..",
    ".",
    "/a",
    "é",
    "e\u0301",
    "a\\b",
    "x".repeat(1024),
    "con",
    "a\u0000b",
  ];
  for (const key of keys) await store.put(key, content(key), HEADER);
  for (const key of keys) expect(await read(key)).toBe(key);
  expect(await readdir(directory)).toEqual(["objects"]);
  expect((await store.list("a")).map(({ key }) => key)).toEqual(["a", "a\u0000b", "a/", "a/b", "a\\b"]);
});

test("an upload that fails leaves the object as it was, and nothing else", async () => {
  await store.put("report", content("old"), HEADER);
  const refuse = () => {
    throw new Error("wrong checksum");
  };
  await expect(store.put("report", content("new"), HEADER, { inspect: refuse })).rejects.toThrow("wrong checksum");
  async function* broken(): AsyncIterable<Uint8Array> {
    yield Buffer.from("half");
    throw new Error("connection lost");
  }
  await expect(store.put("report", broken(), HEADER)).rejects.toThrow("connection lost");
  expect(await read("report")).toBe("old");
  expect(await readdir(join(directory, "objects", ".incoming"))).toEqual([]);
});

test("writers of one key at once: one of them wins whole, and no content is left over", async () => {
  const texts = Array.from({ length: 20 }, (_, index) => `version ${index} `.repeat(1000));
  const reads = texts.map(async (text, index) => {
    await store.put("report", content(text, text), { ...HEADER, metadata: { index: String(index) } });
    return read("report");
  });
  for (const text of await Promise.all(reads)) expect(texts.map((one) => one + one)).toContain(text);
  const [home = ""] = (await readdir(join(directory, "objects"))).filter((name) => name !== ".incoming");
  expect(await readdir(join(directory, "objects", home))).toHaveLength(2);
});

test("of writers that must not replace, one succeeds", async () => {
  const once = () => store.put("once", content("x"), HEADER, { onlyIfAbsent: true });
  const results = await Promise.allSettled([once(), once(), once()]);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(results.find(({ status }) => status === "rejected")).toMatchObject({ reason: { name: "ObjectExistsError" } });
});

test("what was written is there for another process", async () => {
  const record = await store.put("kept", content("te", "a"), { ...HEADER, metadata: { sku: "t-1" } });
  const again = createObjectStore(join(directory, "objects"), () => 1);
  expect(await again.head("kept")).toEqual(record);
  expect(record).toMatchObject({ bytes: 3, lastModified: 0, metadata: { sku: "t-1" } });
  await again.delete("kept");
  expect(await store.head("kept")).toBeUndefined();
  expect(await createObjectStore(join(directory, "nowhere"), () => 0).list("")).toEqual([]);
});
