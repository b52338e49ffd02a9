import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createCommandLineEngine } from "../../../../local/containers/engine/command-line-engine.ts";
import type { ContainerEngine } from "../../../../local/containers/engine/engine.ts";

let bin: string;
let engine: ContainerEngine | undefined;
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), "sluice-engine-"));
});
afterEach(() => {
  engine?.close();
  rmSync(bin, { recursive: true, force: true });
});

/** An engine whose program is this shell script; how it works with the real one, the lane `containers` shows. */
function engineOf(script: string): ContainerEngine {
  writeFileSync(join(bin, "podman"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, "podman"), 0o755);
  const environment = { PATH: `${bin}:/usr/bin:/bin` };
  engine = createCommandLineEngine({ program: "podman", owner: "me", environment });
  return engine;
}

test("what the program complains about last is the error", async () => {
  const refusing = engineOf(`echo 'Trying to pull' >&2; echo 'Error: manifest unknown' >&2; exit 125`);
  await expect(refusing.pull("shop/oven:1")).rejects.toMatchObject({
    name: "EngineError",
    message: "manifest unknown",
  });
  const silent = engineOf("exit 125");
  await expect(silent.createVolume("tray")).rejects.toThrow('"podman volume" ended with exit code 125.');
});

test("an image that is there is not pulled", async () => {
  await engineOf('[ "$1" = image ]').pull("shop/oven:1");
});

test("a container is followed to its end, also where its log ends before", async () => {
  const following = engineOf(`case $1 in
logs) echo bread; echo smoke >&2 ;;
wait) touch ${bin}/ended ;;
inspect) [ -e ${bin}/ended ] && echo '{"Running":false,"ExitCode":3,"OOMKilled":false}' || echo '{"Running":true}' ;;
esac`);
  const output: string[] = [];
  const end = await following.follow("oven", (chunk) => output.push(chunk.toString()));
  expect(end).toEqual({ exitCode: 3, outOfMemory: false });
  expect(output.sort()).toEqual(["bread\n", "smoke\n"]);
});

test("want of memory is told by inspect, or by the file that conmon leaves where podman was called", async () => {
  const telling = engineOf(`[ $1 = inspect ] && echo '{"Running":false,"ExitCode":137,"OOMKilled":true}' || true`);
  expect(await telling.follow("oven", () => undefined)).toEqual({ exitCode: 137, outOfMemory: true });
  telling.close();
  const leaving = engineOf(`case $1 in
start) touch oom ;;
inspect) echo '{"Running":false,"ExitCode":0,"OOMKilled":false}' ;;
esac`);
  await leaving.start("oven");
  expect(await leaving.follow("oven", () => undefined)).toEqual({ exitCode: 0, outOfMemory: true });
});

test("a signal to what has ended is no error", async () => {
  const dead = engineOf(`case $1 in
kill) echo 'Error: can only kill running containers' >&2; exit 125 ;;
inspect) echo '{"Running":false,"ExitCode":0}' ;;
esac`);
  await dead.signal("oven", "SIGTERM");
  const alive = engineOf(`case $1 in
kill) echo 'Error: permission denied' >&2; exit 125 ;;
inspect) echo '{"Running":true}' ;;
esac`);
  await expect(alive.signal("oven", "SIGKILL")).rejects.toThrow("permission denied");
});

test("a command inside that takes too long has no answer", async () => {
  const slow = engineOf('[ "$1" = exec ] && exec sleep 100');
  expect(await slow.execute("oven", ["test"], 0.1)).toBeUndefined();
  expect(await engineOf("exit 4").execute("oven", ["test"], 10)).toBe(4);
});

test("closing ends what is still under way", async () => {
  const pulling = engineOf('[ "$1" = image ] && exit 1; exec sleep 100');
  const pulled = pulling.pull("shop/oven:1");
  pulling.close();
  await expect(pulled).rejects.toThrow();
});
