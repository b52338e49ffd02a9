import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findEngine, removeLeftovers } from "../../../../local/containers/engine/find-engine.ts";
import { ownerName } from "../../../../local/containers/engine/owner.ts";
import { createFakeEngine } from "../fake-engine.ts";

let bin: string;
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), "sluice-engine-"));
});
afterEach(() => rmSync(bin, { recursive: true, force: true }));

/** A program of this name that notes how it is called, in `<name>.calls`. */
function install(name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\necho "$@" >> "${bin}/${name}.calls"\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
}
const environment = () => ({ PATH: `${bin}:/usr/bin:/bin` });
const only = () => ({ PATH: bin });

describe.runIf(process.platform === "linux")("the engine of this machine", () => {
  test("is podman where that answers", async () => {
    install("podman", "exit 0");
    install("docker", "exit 0");
    const engine = await findEngine(environment());
    expect(engine.name).toBe("podman");
    engine.close();
  });

  test("is docker where podman does not", async () => {
    install("podman", "echo 'cannot set up namespaces' >&2; exit 125");
    install("docker", "exit 0");
    const engine = await findEngine(environment());
    expect(engine.name).toBe("docker");
    engine.close();
  });

  test("is none: the message says what each of them says", async () => {
    install("docker", 'echo "Cannot connect to the Docker daemon" >&2; echo "{\\"ServerErrors\\":[\\"x\\"]}"; exit 0');
    await expect(findEngine(only())).rejects.toMatchObject({
      name: "NoContainerEngineError",
      message: "No container engine works here (podman: not installed; docker: Cannot connect to the Docker daemon).",
    });
  });

  test("ends what a dead process followed a log with", async () => {
    install("podman", 'case "$*" in "ps "*) echo "sluice-1-main another-boot_1_2_3" ;; esac');
    // A program whose arguments are those of the follower.
    const follow = (container: string) =>
      spawn(process.execPath, ["logs", "--follow", container], { argv0: "podman", cwd: bin });
    writeFileSync(join(bin, "logs"), "setInterval(() => {}, 1000)");
    const [orphan, other] = [follow("sluice-1-main"), follow("sluice-2-main")];
    await Promise.all([once(orphan, "spawn"), once(other, "spawn")]);
    const engine = await findEngine(environment());
    engine.close();
    await once(orphan, "exit");
    expect(other.exitCode).toBeNull();
    other.kill();
  });

  test("gets rid of what a dead process has left, and of nothing else", async () => {
    const gone = "another-boot_1_2_3";
    install(
      "podman",
      `case "$*" in
"ps "*) echo "sluice-1-main ${gone}"; echo "sluice-2-main ${ownerName()}"; echo "sluice-3-main" ;;
"volume ls "*) echo "sluice-1-tray ${gone}" ;;
esac`,
    );
    const engine = await findEngine(environment());
    engine.close();
    const calls = readFileSync(join(bin, "podman.calls"), "utf8");
    expect(calls).toContain("rm --force --ignore --time=0 sluice-1-main\n");
    expect(calls).toContain("volume rm --force sluice-1-tray\n");
    expect(calls).not.toMatch(/rm .*sluice-[23]/);
  });
});

test("leftovers without an owner that can be judged stay", async () => {
  const engine = createFakeEngine({ owned: new Map([["who", { containers: ["sluice-main"], volumes: [] }]]) });
  await removeLeftovers(engine);
  expect(engine.calls).toEqual([]);
});
