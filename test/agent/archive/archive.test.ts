import {
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
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { zstdCompressSync } from "node:zlib";
import { Header } from "tar";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { unpack } from "../../../agent/archive/restore.ts";
import { pack } from "../../../agent/archive/store.ts";
import { runToEnd, startAttempt } from "../agent-api.ts";

let root: string;
const { signal } = new AbortController();

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sluice-archive-"));
  mkdirSync(join(root, "out", "inner"), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A tar.zst of entries as an attacker may write them. */
function archive(
  entries: readonly { path: string; type?: "File" | "SymbolicLink" | "Link"; linkpath?: string; text?: string }[],
) {
  const blocks = entries.flatMap(({ path, type = "File", linkpath, text = "" }) => {
    const header = Buffer.alloc(512);
    new Header({
      path,
      type,
      size: Buffer.byteLength(text),
      mode: 0o644,
      ...(linkpath === undefined ? {} : { linkpath }),
    }).encode(header);
    const body = Buffer.alloc(Math.ceil(Buffer.byteLength(text) / 512) * 512);
    body.write(text);
    return [header, body];
  });
  return Readable.from([zstdCompressSync(Buffer.concat([...blocks, Buffer.alloc(1024)]))]);
}

describe("unpacking what is hostile", () => {
  test.each([
    ["a path that climbs", [{ path: "../evil", text: "x" }]],
    ["a path that climbs from within", [{ path: "a/../../evil", text: "x" }]],
    ["an absolute path", [{ path: "/tmp/sluice-evil", text: "x" }]],
    ["a hard link to the outside", [{ path: "evil", type: "Link", linkpath: "../../secret" }]],
    ["an absolute hard link", [{ path: "evil", type: "Link", linkpath: "/etc/passwd" }]],
    ["a link that climbs", [{ path: "../evil", type: "SymbolicLink", linkpath: "x" }]],
    [
      "a file behind a link",
      [
        { path: "evil", type: "SymbolicLink", linkpath: ".." },
        { path: "evil/secret", text: "new" },
      ],
    ],
    [
      "a link behind a link",
      [
        { path: "evil", type: "SymbolicLink", linkpath: ".." },
        { path: "evil/secret", type: "SymbolicLink", linkpath: "x" },
      ],
    ],
  ] as const)("refuses %s", async (_what, entries) => {
    writeFileSync(join(root, "secret"), "old");
    await expect(unpack(archive(entries), join(root, "out", "inner"), signal)).rejects.toThrow();
    expect(readdirSync(join(root, "out"))).toEqual(["inner"]);
    expect(readdirSync(root).sort()).toEqual(["out", "secret"]);
    expect(readFileSync(join(root, "secret"), "utf8")).toBe("old");
  });
});

describe("packing and unpacking", () => {
  test("keeps contents, modes, times and links", async () => {
    const from = join(root, "from");
    mkdirSync(join(from, "bin"), { recursive: true });
    mkdirSync(join(from, "empty"));
    writeFileSync(join(from, "bin", "run"), "#!/bin/sh\n", { mode: 0o755 });
    writeFileSync(join(from, "构建 'x'"), "data");
    utimesSync(join(from, "bin", "run"), 1_700_000_000, 1_700_000_000);
    symlinkSync("bin/run", join(from, "start"));
    symlinkSync("/usr/bin/env", join(from, "bin", "env"));
    const packed = await pack(from, join(root, "a.tar.zst"), signal);
    expect(packed.bytes).toBe(lstatSync(packed.path).size);
    const to = join(root, "out", "inner");
    await unpack(Readable.from([readFileSync(packed.path)]), to, signal);
    expect(readdirSync(to).sort()).toEqual(["bin", "empty", "start", "构建 'x'"]);
    expect(lstatSync(join(to, "bin", "run")).mode & 0o777).toBe(0o755);
    expect(lstatSync(join(to, "bin", "run")).mtimeMs).toBe(1_700_000_000_000);
    expect(readlinkSync(join(to, "start"))).toBe("bin/run");
    // Where a link points to is the user's; nothing was written through it.
    expect(readlinkSync(join(to, "bin", "env"))).toBe("/usr/bin/env");
  });

  test("a directory that became a link is not followed", async () => {
    symlinkSync("/etc", join(root, "link"));
    await expect(pack(join(root, "link"), join(root, "a.tar.zst"), signal)).rejects.toThrow("no directory any more");
  });
});

describe("an attempt", () => {
  const stored = [{ namespace: "build", key: "build", stored: true }];

  test("stores its directory, and a later one gets it back", async () => {
    const first = await runToEnd({ directories: stored, script: "mkdir a; echo goods >a/list" });
    expect(first.complete.end).toBe("exited");
    const [directory] = first.complete.directories;
    expect(directory).toMatchObject({ namespace: "build", key: "build" });
    const object = first.api.objects.get(directory?.objectKey ?? "") ?? Buffer.alloc(0);
    expect(object.length).toBe(directory?.bytes);

    const restores = [{ namespace: "build", key: "build", url: "" }];
    await using second = await startAttempt(
      { restores, directories: [{ namespace: "test", key: "test", stored: false }], script: "cat ../build/a/list" },
      {
        prepare: (api) => {
          api.objects.set("one", object);
          restores[0] = { namespace: "build", key: "build", url: `${api.url}/objects/one` };
        },
      },
    );
    await second.reported;
    expect(second.log()).toBe("goods\n");
  });

  test("does not upload what the store has already", async () => {
    const time = "touch -d 2026-01-01T00:00:00Z list .";
    const first = await runToEnd({ directories: stored, script: `echo goods >list; ${time}` });
    const objects = first.api.objects;
    const again = await runToEnd(
      { directories: stored, script: `echo goods >list; ${time}` },
      {
        prepare: (api) => {
          for (const key of objects.keys()) {
            api.objects.set(key, Buffer.from("already there"));
          }
        },
      },
    );
    expect(again.complete.directories).toEqual(first.complete.directories);
    expect([...again.api.objects.values()].map(String)).toEqual(["already there"]);
  });

  test("that failed stores nothing", async () => {
    const { complete, api } = await runToEnd({ directories: stored, script: "exit 1" });
    expect(complete).toMatchObject({ end: "exited", exitCode: 1, directories: [] });
    expect(api.objects.size).toBe(0);
  });

  test("whose directory is gone fails to store, by name", async () => {
    const { complete } = await runToEnd({ directories: stored, script: 'rm -rf "$WORKDIR"' });
    expect(complete).toMatchObject({ end: "failedToStore", exitCode: 0 });
    expect(complete.message).toContain('The directory "build" cannot be stored:');
  });

  test("whose store is full fails to store at once, and says so", async () => {
    const { complete } = await runToEnd(
      { directories: stored, script: "echo goods >list" },
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
    const { complete } = await runToEnd({ directories: stored, script: "touch a \"$(printf 'b\\377')\" c" });
    expect(complete).toMatchObject({ end: "failedToStore", exitCode: 0 });
    expect(complete.message).toContain('The directory "build" cannot be stored: ENOENT');
  });

  test("that cannot restore fails to prepare, by name and without the signed address", async () => {
    const { complete, api } = await runToEnd(
      { restores: [], script: "true" },
      { fetch: (input, init) => fetch(input, init) },
    );
    expect(complete.end).toBe("exited");
    const url = `${api.url}/objects/missing?signature=xyz`;
    await using run = await startAttempt(
      { restores: [{ namespace: "repo", key: "repo", url }], script: "true" },
      {
        fetch: async (input, init) =>
          String(input) === url ? new Response(null, { status: 404 }) : fetch(input, init),
      },
    );
    await run.reported;
    const { message } = run.api.completed();
    expect(run.api.completed().end).toBe("failedToPrepare");
    expect(message).toBe(
      'The directory "repo" cannot be restored: The object store answered the download with status 404.',
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
