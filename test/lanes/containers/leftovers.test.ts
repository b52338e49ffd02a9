import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { findEngine } from "../../../local/containers/index.ts";
import { until } from "../../until.ts";
import { openDesk } from "./cli.ts";
import { containersOf, followersOf, IMAGES, leftovers } from "./podman.ts";

const SLUICE = fileURLToPath(new URL("../../../bin/sluice", import.meta.url));

/** A shop that serves until it is told to stop, and says when it has been. */
const SERVE = `version: "1.1"
name: shop
stages:
- stage:
  - custom-script:
      alias: serve
      commands: |
        trap 'echo closing; exit 3' TERM
        echo open
        sleep 100 & wait
  - custom-script:
      alias: sweep
      commands: echo open; (setsid sleep 100 &) ; sleep 100
`;

const bothOpen = (text: string) => text.split("open").length > 2;

test("Ctrl-C: the scripts may clean up, and no container is left", async () => {
  using desk = openDesk();
  const { code, out, err } = await desk.runInContainers(desk.write("pipeline.yaml", SERVE), [], {
    when: bothOpen,
    act: (io) => io.send("SIGINT"),
  });
  expect(code).toBe(130);
  expect(out).toContain("2 cancelled");
  expect(err).toContain("[serve] closing");
  expect(leftovers()).toEqual([]);
});

test("Ctrl-C twice: at once, and no container is left", async () => {
  using desk = openDesk();
  const file = desk.write("pipeline.yaml", SERVE.replace("echo closing; exit 3", "echo no"));
  const { code } = await desk.runInContainers(file, [], {
    when: bothOpen,
    act: (io) => {
      io.send("SIGINT");
      io.send("SIGINT");
    },
  });
  expect(code).toBe(130);
  expect(leftovers()).toEqual([]);
});

describe("a sluice that was killed", () => {
  /** `sluice run` as a process of its own. */
  const start = (folder: string, file: string): ChildProcess & { readonly text: () => string } => {
    const args = ["run", file, "--containers", "--agent-image", IMAGES.agent];
    const child = spawn(SLUICE, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (more) => (text += more));
    return Object.assign(child, { text: () => text });
  };
  test("leaves containers, which the next one removes, but none of one that still runs", async () => {
    using desk = openDesk();
    const file = desk.write("pipeline.yaml", SERVE);
    const [killed, living] = [start(desk.folder, file), start(desk.folder, file)];
    try {
      await until(() => [killed, living].every((child) => child.exitCode !== null || bothOpen(child.text())));
      killed.kill("SIGKILL");
      await once(killed, "exit");
      expect(leftovers(killed.pid)).not.toEqual([]);
      const names = containersOf(killed.pid);
      // One that had something to hand on has ended by itself: nobody reads it any more.
      expect(followersOf(names)).not.toEqual([]);
      const engine = await findEngine(process.env);
      engine.close();
      expect(leftovers(killed.pid)).toEqual([]);
      await until(() => followersOf(names).length === 0);
      expect(leftovers(living.pid)).not.toEqual([]);
      living.kill("SIGINT");
      await once(living, "exit");
      expect(leftovers(living.pid)).toEqual([]);
    } finally {
      for (const child of [killed, living]) child.kill("SIGKILL");
    }
  });
});
