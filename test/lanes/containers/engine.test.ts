import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ContainerEngine, ContainerSpecification } from "../../../local/containers/engine/engine.ts";
import { ensureAgentImage, findEngine } from "../../../local/containers/index.ts";
import { until } from "../../until.ts";
import { openDesk } from "./cli.ts";
import { IMAGES, leftovers, podman } from "./podman.ts";

let engine: ContainerEngine;
beforeAll(async () => {
  engine = await findEngine(process.env);
});
afterAll(() => engine?.close());

let count = 0;
function sh(script: string, more: Partial<ContainerSpecification> = {}): ContainerSpecification {
  return {
    name: `sluice-lane-${process.pid}-${++count}`,
    image: IMAGES.base,
    entryPoint: ["/bin/sh", "-c"],
    command: [script],
    environment: {},
    volumes: [],
    readOnlyRoot: false,
    init: false,
    ...more,
  };
}

async function run(container: ContainerSpecification, onStart: () => Promise<void> = async () => {}) {
  let output = "";
  await engine.create(container);
  await engine.start(container.name);
  const ended = engine.follow(container.name, (chunk) => {
    output += chunk.toString();
  });
  await onStart();
  const end = await ended;
  await engine.remove({ containers: [container.name], volumes: container.volumes.map(({ name }) => name) });
  return { ...end, output, said: () => output };
}

describe.concurrent(`podman as the engine`, () => {
  test("hands on both streams and the exit code", async () => {
    expect(await run(sh("echo bread; echo smoke >&2; exit 7"))).toMatchObject({
      exitCode: 7,
      outOfMemory: false,
      output: expect.stringMatching(/bread\n.*smoke\n|smoke\n.*bread\n/s),
    });
  });

  test("gives the environment as it is, and shows it to nobody", async () => {
    const environment = { RECIPE: 'flour "and"\nwater $HOME', HOME: "/oven", PATH: "/bin" };
    const container = sh("printenv RECIPE; echo $HOME $PATH", { environment });
    expect((await run(container)).output).toBe('flour "and"\nwater $HOME\n/oven /bin\n');
  });

  test("tells an end for want of memory", async () => {
    const grow = "node -e 'const bread = []; for (;;) bread.push(Buffer.alloc(1e6, 1))'";
    expect(await run(sh(`exec ${grow}`, { memoryMb: 64 }))).toMatchObject({ exitCode: 137, outOfMemory: true });
    expect(await run(sh(`${grow}; echo still here`, { memoryMb: 64 }))).toMatchObject({
      exitCode: 0,
      outOfMemory: true,
    });
    expect(await run(sh("kill -KILL $$; exit 137"))).toMatchObject({ exitCode: 137, outOfMemory: false });
  });

  test("shares volumes, one of them to be read only", async () => {
    const name = `sluice-lane-${process.pid}-tray`;
    await engine.createVolume(name);
    const write = sh("echo bread > /tray/bread", { volumes: [{ name, path: "/tray", readOnly: false }] });
    await engine.create(write);
    await engine.start(write.name);
    await engine.follow(write.name, () => undefined);
    await engine.remove({ containers: [write.name], volumes: [] });
    const read = sh("cat /tray/bread; echo more > /tray/bread || exit 4", {
      volumes: [{ name, path: "/tray", readOnly: true }],
    });
    expect(await run(read)).toMatchObject({ exitCode: 4, output: expect.stringContaining("bread\n") });
    expect(podman("volume", "ls", "--format={{.Name}}")).not.toContain(name);
  });

  test("passes signals on, and looks inside", async () => {
    const container = sh("trap 'echo closing; exit 3' TERM; touch /ready; while :; do sleep 0.1; done");
    const { exitCode, output } = await run(container, async () => {
      let looked: number | undefined;
      while (looked !== 0) looked = await engine.execute(container.name, ["test", "-e", "/ready"], 10);
      expect(await engine.execute(container.name, ["sleep", "100"], 1)).toBeUndefined();
      await engine.signal(container.name, "SIGTERM");
    });
    expect({ exitCode, output }).toEqual({ exitCode: 3, output: "closing\n" });
    await expect(engine.signal(container.name, "SIGTERM")).rejects.toThrow(container.name);
  });

  test("runs as another user, elsewhere, on a root that cannot be written", async () => {
    const container = sh("id -u; pwd; touch /here", {
      user: "1000:1000",
      workingDirectory: "/usr",
      readOnlyRoot: true,
      init: false,
    });
    expect(await run(container)).toMatchObject({ exitCode: 1, output: expect.stringMatching(/^1000\n\/usr\n/m) });
  });

  test("says what is wrong in the engine's words", async () => {
    await expect(engine.pull("127.0.0.1:1/bakery/oven:1")).rejects.toThrow("connection refused");
    await expect(engine.create(sh("", { image: "localhost/bakery/none:1" }))).rejects.toThrow(
      /localhost\/bakery\/none/,
    );
    const broken = sh("", { entryPoint: ["/bin/knead"] });
    await engine.create(broken);
    await expect(engine.start(broken.name)).rejects.toThrow("/bin/knead");
    await engine.remove({ containers: [broken.name], volumes: [] });
  });

  test("removes what runs at once, and what is not there without complaint", async () => {
    const container = sh("trap '' TERM; echo open; while :; do sleep 1; done");
    let said = "";
    await engine.create(container);
    await engine.start(container.name);
    const ended = engine.follow(container.name, (chunk) => {
      said += chunk;
    });
    ended.catch(() => undefined);
    await until(() => said.includes("open"));
    await engine.remove({ containers: [container.name, "sluice-lane-none"], volumes: ["sluice-lane-none"] });
    await expect(ended).rejects.toThrow();
    expect(podman("ps", "--all", "--format={{.Names}}")).not.toContain(container.name);
  });
});

test("the image of the agent is built from the package, once, from the base that the Dockerfile names", async () => {
  const [, base = ""] =
    /^ARG BASE_IMAGE=(\S+)$/m.exec(
      (await import("node:fs")).readFileSync(new URL("../../../cdk/agent-image/Dockerfile", import.meta.url), "utf8"),
    ) ?? [];
  podman("tag", IMAGES.base, `localhost/${base}`);
  const built: string[] = [];
  try {
    const image = await ensureAgentImage(engine, () => built.push("once"));
    expect(await ensureAgentImage(engine, () => built.push("twice"))).toBe(image);
    expect(image).toMatch(/^localhost\/sluice-agent:[0-9a-f]{16}$/);
    expect(built.filter((when) => when === "twice")).toEqual([]);
    // Started without what it needs, it says so.
    expect(() => podman("run", "--rm", "--network=none", image)).toThrow(/SLUICE_AGENT_API is not set/);
    podman("rmi", image);
  } finally {
    // Without the name, every name would go, those of the catalog's images among them.
    podman("untag", IMAGES.base, `localhost/${base}`);
  }
});

test("without an engine the command says what to do", async () => {
  using desk = openDesk();
  const path = process.env["PATH"];
  const empty = mkdtempSync(join(tmpdir(), "sluice-empty-"));
  mkdirSync(join(empty, "bin"));
  writeFileSync(join(empty, "bin/docker"), "#!/bin/sh\necho 'Cannot connect to the Docker daemon' >&2\nexit 1\n", {
    mode: 0o755,
  });
  process.env["PATH"] = `${join(empty, "bin")}`;
  try {
    const file = desk.write(
      "pipeline.yaml",
      'version: "1.1"\nstages:\n- stage:\n  - echo: {alias: hi, params: {text: hi}}\n',
    );
    const { code, err } = await desk.runInContainers(file);
    expect(code).toBe(2);
    expect(err).toContain("podman: not installed; docker: Cannot connect to the Docker daemon");
    expect(err).toContain("without --containers");
  } finally {
    process.env["PATH"] = path;
    rmSync(empty, { recursive: true, force: true });
  }
});

test("nothing of all that is left", () => {
  expect(leftovers()).toEqual([]);
});
