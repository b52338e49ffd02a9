import { hash } from "node:crypto";
import {
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zstdCompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { restoreDirectories } from "../../../agent/archive/restore.ts";
import { storeDirectories } from "../../../agent/archive/store.ts";
import { attemptLayout } from "../../../agent/layout.ts";
import { PACK_LIMITS, type StoredPack } from "../../../agent/protocol.ts";
import { runToEnd, startAttempt } from "../agent-api.ts";
import { createPackStore, type PackStore } from "./pack-store.ts";

let root: string;
let store: PackStore;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sluice-archive-"));
  store = createPackStore();
  mkdirSync(join(root, "from", "context", "shop"), { recursive: true });
  mkdirSync(join(root, "to", "context"), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const from = (...path: string[]) => join(root, "from", "context", "shop", ...path);
const to = (...path: string[]) => join(root, "to", "context", "shop", ...path);
const layout = (name: string) => attemptLayout({ root: join(root, name), runner: "process" });
const options = () => ({ ...store, unreachableSeconds: 0, signal: new AbortController().signal });
const save = () => storeDirectories(layout("from"), [{ namespace: "shop", key: "shop", stored: true }], options());
const restore = () => restoreDirectories(layout("to"), [{ namespace: "shop", key: "shop" }], options());

describe("storing and restoring", () => {
  test("keeps contents, modes, times and links", async () => {
    mkdirSync(from("bin"), { mode: 0o750 });
    mkdirSync(from("empty"));
    writeFileSync(from("bin", "run"), "#!/bin/sh\n", { mode: 0o755 });
    writeFileSync(from("bin", "nothing"), "", { mode: 0o400 });
    writeFileSync(from("bin", "root"), "x", { mode: 0o755 });
    writeFileSync(from("构建 'x'"), "data");
    linkSync(from("bin", "run"), from("same"));
    utimesSync(from("bin", "run"), 1_700_000_000, 1_700_000_000.123);
    symlinkSync("bin/run", from("start"));
    symlinkSync("/usr/bin/env", from("bin", "env"));
    const { execFileSync } = await import("node:child_process");
    execFileSync("chmod", ["6755", from("bin", "root")]);
    utimesSync(from("bin"), 1_700_000_001, 1_700_000_001);
    expect(await save()).toMatchObject([{ namespace: "shop", key: "shop", bytes: store.moved }]);
    await restore();
    expect(readdirSync(to()).sort()).toEqual(["bin", "empty", "same", "start", "构建 'x'"]);
    const mode = (...path: string[]) => lstatSync(to(...path)).mode & 0o7777;
    expect([mode("bin"), mode("bin", "run"), mode("bin", "nothing")]).toEqual([0o750, 0o755, 0o400]);
    // Who runs it is not who wrote it.
    expect(mode("bin", "root")).toBe(0o755);
    expect(lstatSync(to("bin", "run")).mtimeMs).toBe(1_700_000_000_123);
    expect(lstatSync(to("bin")).mtimeMs).toBe(1_700_000_001_000);
    expect(lstatSync(to("same")).ino).toBe(lstatSync(to("bin", "run")).ino);
    expect(readlinkSync(to("start"))).toBe("bin/run");
    // Where a link points to is the user's; nothing was written through it.
    expect(readlinkSync(to("bin", "env"))).toBe("/usr/bin/env");
    expect(readFileSync(to("构建 'x'"), "utf8")).toBe("data");
  });

  test("cuts large files and many files into packs, and puts them together again", async () => {
    const large = Buffer.from(Array.from({ length: PACK_LIMITS.plainBytes * 2 + 1000 }, (_, at) => (at * at) % 251));
    writeFileSync(from("large"), large, { mode: 0o444 });
    mkdirSync(from("many"));
    for (let n = 0; n < 300; n += 1) writeFileSync(from("many", `${n}`), `${n}`.repeat(10_000));
    await save();
    expect(store.packs.size).toBeGreaterThan(5);
    await restore();
    expect(readFileSync(to("large")).equals(large)).toBe(true);
    expect(lstatSync(to("large")).mode & 0o777).toBe(0o444);
    for (let n = 0; n < 300; n += 1) expect(readFileSync(to("many", `${n}`), "utf8")).toBe(`${n}`.repeat(10_000));
  });

  test("moves what has changed, and little more", async () => {
    const bytes = (seed: number) =>
      Buffer.concat(Array.from({ length: 800 }, (_, at) => hash("sha512", `${seed} ${at}`, "buffer")));
    for (let n = 0; n < 120; n += 1) writeFileSync(from(`file${n}`), bytes(n));
    await save();
    const whole = store.moved;
    store.moved = 0;
    utimesSync(from("file7"), 1_700_000_000, 1_700_000_000);
    await save();
    expect(store.moved).toBeLessThan(whole / 100);
    store.moved = 0;
    writeFileSync(from("file3"), bytes(500));
    writeFileSync(from("file30b"), bytes(501));
    rmSync(from("file90"));
    await save();
    expect(store.moved).toBeGreaterThan(0);
    expect(store.moved).toBeLessThan(whole * 0.7);
    store.moved = 0;
    await save();
    expect(store.moved).toBe(0);
  });

  test("a directory that became a link is not followed", async () => {
    rmSync(from(), { recursive: true });
    symlinkSync("/etc", from());
    await expect(save()).rejects.toThrow('"shop" cannot be stored: it is no directory any more.');
  });

  test("what is no file, directory or link is refused by name, with the remedy", async () => {
    const server = createServer().listen(from("db.sock"));
    await new Promise((resolve) => server.once("listening", resolve));
    await expect(save()).rejects.toThrow(
      '"db.sock" is a socket; only files, directories and links can be kept. Remove it at the end of the commands.',
    );
    await new Promise((resolve) => server.close(resolve));
  });

  test("the first upload that fails ends the storing", async () => {
    writeFileSync(from("goods"), "goods");
    store.fetch = async () => new Response(null, { status: 403 });
    await expect(save()).rejects.toThrow("answered the upload with status 403.");
  });

  test.each([
    ["has another content", (pack: Buffer) => Buffer.from(pack.map((byte, at) => (at === 9 ? byte ^ 1 : byte)))],
    ["has another content", (pack: Buffer) => pack.subarray(0, pack.length - 1)],
    ["longer than it should be", (pack: Buffer) => Buffer.concat([pack, pack])],
  ])("a pack that is not what was stored is refused: %s", async (words, change) => {
    writeFileSync(from("goods"), "goods ".repeat(1000));
    await save();
    for (const [sha256, pack] of store.packs) store.packs.set(sha256, change(pack));
    await expect(restore()).rejects.toThrow(words);
  });
});

/** A directory as an attacker may list it; every file has the content "x". */
function hostile(...lines: object[]): void {
  const keep = (text: string): StoredPack => {
    const frame = zstdCompressSync(text);
    const sha256 = hash("sha256", frame, "hex");
    store.packs.set(sha256, frame);
    return { sha256, bytes: frame.length, plainBytes: Buffer.byteLength(text) };
  };
  const all = [{ directory: ".", mode: 0o755, time: 0 }, { pack: 0 }, ...lines];
  const entries = all.map((line) => `${JSON.stringify(line)}\n`).join("");
  store.lists.set("shop", { entries: [keep(entries)], contents: [keep("x".repeat(10))] });
}

describe("restoring what is hostile", () => {
  const file = (path: string, more: object = {}) => ({ file: path, mode: 0o644, time: 0, bytes: 1, ...more });
  const directory = (path: string, more: object = {}) => ({ directory: path, mode: 0o755, time: 0, ...more });
  const link = (path: string, target: string) => ({ link: path, to: target, time: 0 });

  test.each([
    ["a path that climbs", [file("../evil")]],
    ["a path that climbs from within", [directory("a"), file("a/../../evil")]],
    ["an absolute path", [file("/tmp/sluice-evil")]],
    ["a path with a NUL", [file("evil\0.txt")]],
    ["a directory that climbs", [directory("../evil")]],
    ["a part that climbs", [{ part: "../evil", mode: 0o644, time: 0, bytes: 1, at: 0 }]],
    ["a hard link to the outside", [{ same: "evil", as: "../../secret" }]],
    ["an absolute hard link", [{ same: "evil", as: "/etc/passwd" }]],
    ["a hard link that climbs", [file("a"), { same: "../evil", as: "a" }]],
    ["a link that climbs", [link("../evil", "x")]],
    ["a file behind a link", [link("evil", ".."), file("evil/secret")]],
    ["a directory behind a link", [link("evil", ".."), directory("evil/new")]],
    ["a link behind a link", [link("evil", ".."), link("evil/secret", "x")]],
    ["a hard link behind a link", [link("evil", "../.."), { same: "copy", as: "evil/secret" }]],
    ["a file twice", [file("a"), file("a")]],
    ["a file where a part is", [{ part: "a", mode: 0o644, time: 0, bytes: 1, at: 0 }, file("a")]],
    ["a mode with set-user-ID", [file("a", { mode: 0o4755 })]],
    ["more content than there is", [file("a", { bytes: 11 })]],
    ["two things in one line", [{ ...file("a"), directory: "../evil" }]],
    ["no entry", [{ device: "sda", mode: 0o644 }]],
    ["a negative size", [file("a", { bytes: -1 })]],
    ["a pack that there is not", [{ pack: 7 }, file("a")]],
  ])("refuses %s", async (_what, lines) => {
    writeFileSync(join(root, "secret"), "old");
    writeFileSync(join(root, "to", "secret"), "old");
    hostile(...lines);
    await expect(restore()).rejects.toThrow('The directory "shop" cannot be restored: ');
    expect(readdirSync(root).sort()).toEqual(["from", "secret", "to"]);
    expect(readdirSync(join(root, "to")).sort()).toEqual(["context", "secret"]);
    expect(readdirSync(join(root, "to", "context"))).toEqual(["shop"]);
    expect(readFileSync(join(root, "secret"), "utf8")).toBe("old");
    expect(lstatSync(join(root, "secret")).nlink).toBe(1);
  });

  test("refuses a pack that holds more than it says", async () => {
    hostile(file("a"));
    const list = store.lists.get("shop");
    store.lists.set("shop", {
      entries: list?.entries ?? [],
      contents: (list?.contents ?? []).map((pack) => ({ ...pack, plainBytes: 5 })),
    });
    await expect(restore()).rejects.toThrow("cannot be read");
  });

  test("refuses a pack that is larger than packs are, before it is read", async () => {
    hostile(file("a"));
    const list = store.lists.get("shop");
    store.lists.set("shop", {
      entries: list?.entries ?? [],
      contents: (list?.contents ?? []).map((pack) => ({ ...pack, bytes: 2 ** 40 })),
    });
    await expect(restore()).rejects.toThrow("larger than packs are");
  });
});

describe("an attempt", () => {
  const own = [{ namespace: "build", key: "build", stored: true }];

  test("stores its directory, and a later one gets it back", async () => {
    const first = await runToEnd({ directories: own, script: "mkdir a; echo goods >a/list" });
    expect(first.complete.end).toBe("exited");
    const [directory] = first.complete.directories;
    const stored = [...first.api.objects.values()].reduce((sum, object) => sum + object.length, 0);
    expect(directory).toEqual({ namespace: "build", key: "build", objectKey: "dirs/build.json", bytes: stored });

    await using second = await startAttempt(
      {
        restores: [{ namespace: "build", key: "build" }],
        directories: [{ namespace: "test", key: "test", stored: false }],
        script: "cat ../build/a/list",
      },
      {
        prepare: (api) => {
          first.api.objects.forEach((object, key) => {
            api.objects.set(key, object);
          });
          first.api.directories.forEach((list, key) => {
            api.directories.set(key, list);
          });
        },
      },
    );
    await second.reported;
    expect(second.log()).toBe("goods\n");
  });

  test("does not upload what the store has already", async () => {
    const time = "touch -d 2026-01-01T00:00:00Z list .";
    const first = await runToEnd({ directories: own, script: `echo goods >list; ${time}` });
    const objects = first.api.objects;
    const again = await runToEnd(
      { directories: own, script: `echo goods >list; ${time}` },
      {
        prepare: (api) => {
          for (const key of objects.keys()) {
            api.objects.set(key, Buffer.from("already there"));
          }
        },
      },
    );
    expect(again.complete.directories).toEqual(first.complete.directories);
    expect([...again.api.objects.values()].map(String)).toEqual(["already there", "already there"]);
  });

  test("that failed stores nothing", async () => {
    const { complete, api } = await runToEnd({ directories: own, script: "exit 1" });
    expect(complete).toMatchObject({ end: "exited", exitCode: 1, directories: [] });
    expect(api.objects.size).toBe(0);
  });

  test("whose directory is gone fails to store, by name", async () => {
    const { complete } = await runToEnd({ directories: own, script: 'rm -rf "$WORKDIR"' });
    expect(complete).toMatchObject({ end: "failedToStore", exitCode: 0 });
    expect(complete.message).toContain('The directory "build" cannot be stored:');
  });

  test("whose store is full fails to store at once, and says so", async () => {
    const { complete } = await runToEnd(
      { directories: own, script: "echo goods >list" },
      {
        fetch: async (input, init) =>
          init?.method === "PUT"
            ? new Response(null, { status: 507, statusText: "Insufficient Storage" })
            : fetch(input, init),
      },
    );
    expect(complete.end).toBe("failedToStore");
    expect(complete.message).toContain("answered the upload with status 507 Insufficient Storage.");
  });

  test("with a file that cannot be read fails to store, by name", async () => {
    // A name that is no UTF-8 cannot be opened by Node.
    const { complete } = await runToEnd({ directories: own, script: "touch a \"$(printf 'b\\377')\" c" });
    expect(complete).toMatchObject({ end: "failedToStore", exitCode: 0 });
    expect(complete.message).toContain('The directory "build" cannot be stored: the name "b\ufffd" is no UTF-8.');
  });

  test("that cannot restore fails to prepare, by name and without the signed address", async () => {
    const missing = { sha256: "a".repeat(64), bytes: 7, plainBytes: 9 };
    await using run = await startAttempt(
      { restores: [{ namespace: "repo", key: "repo" }], script: "true" },
      { prepare: (api) => api.directories.set("repo", { entries: [missing], contents: [] }) },
    );
    await run.reported;
    const { message } = run.api.completed();
    expect(run.api.completed().end).toBe("failedToPrepare");
    expect(message).toBe(
      'The directory "repo" cannot be restored: The object store answered the download with status 404 Not Found.',
    );
  });

  test.each(["../x", "a/b", "..", ""])("refuses the key %j", async (key) => {
    const { complete } = await runToEnd({ directories: [{ namespace: "x", key, stored: false }], script: "true" });
    expect(complete).toMatchObject({
      end: "failedToPrepare",
      message: `"${key}" is not a safe name of a file or directory.`,
    });
  });
});
