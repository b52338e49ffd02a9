import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { signedHeaders } from "../../cli/api/sign.ts";
import { folder, type Options, type Started, sluice, startSluice } from "./sluice.ts";

const PIPELINE = `version: "1.1"
name: shop
params:
- name: target
  required: true
stages:
- stage:
  - custom-script:
      alias: build
      commands:
      - echo building
      - echo "version=1.2" >> "$METAFILE"
- stage:
  - custom-script:
      alias: deploy
      commands:
      - echo "deploying \${{ outputs.build.version }} to \${{ params.target }}"
      - while [ ! -e "$GO" ]; do sleep 0.05; done
      - echo deployed
outputs:
- name: version
  ref: \${{ outputs.build.version }}
`;

/** Each command is a process of its own, and the machine may have other things to do. */
const PATIENCE = 120_000;
const WAIT = { timeout: 30_000, interval: 100 } as const;

let where: Awaited<ReturnType<typeof folder>>;
let options: Options;
let dev: Started;

beforeEach(async () => {
  where = await folder({ "pipeline.yaml": PIPELINE });
  options = { cwd: where.path };
  dev = startSluice(["dev"], options);
  await dev.until("Sluice serves its API");
});
afterEach(async () => {
  dev.signal("SIGKILL");
  await dev.finished;
  await where[Symbol.asyncDispose]();
});

async function out(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await sluice(args, options);
  expect(code, stderr).toBe(0);
  return stdout;
}

/** The endpoint as any other program reaches it, without the command. */
// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
async function get(path: string): Promise<any> {
  const { endpoint: url, region, ...key } = devFile();
  const request = { method: "GET", path, query: {}, body: undefined } as const;
  const headers = await signedHeaders({ url, region, key: async () => key, isLocal: true }, request);
  return (await fetch(`${url}${path}`, { headers })).json();
}

function devFile(): { endpoint: string; region: string; accessKeyId: string; secretAccessKey: string } {
  return JSON.parse(readFileSync(join(where.path, ".sluice", "dev.json"), "utf8"));
}

const status = async (runId: string): Promise<string> => (await get(`/runs/${runId}`)).status;

test(
  "a run is submitted over HTTP, followed, shown; the installation ends with Ctrl-C",
  async () => {
    const go = join(where.path, "go");
    const submitted = await out("submit", "pipeline.yaml", "-p", "target=production", "--env", `GO=${go}`);
    const runId = submitted.trim();

    const logs = startSluice(["logs", "-f", runId], options);
    await logs.until("[deploy] deploying 1.2 to production\n");
    expect(await out("runs")).toMatch(new RegExp(`^${runId} {2}▶ running {2}shop`));
    expect(await out("inspect", runId, "deploy")).toMatch(/handle {5}\d+/);
    writeFileSync(go, "");
    expect(await logs.finished).toMatchObject({
      code: 0,
      stdout: "[build] building\n[deploy] deploying 1.2 to production\n[deploy] deployed\n",
    });

    await vi.waitUntil(async () => (await status(runId)) === "succeeded", WAIT);
    expect(await get(`/runs/${runId}`)).toMatchObject({
      pipeline: "shop",
      outputs: { version: "1.2" },
      trigger: { kind: "api", caller: "arn:aws:iam::000000000000:user/local" },
    });
    expect(await out("show", runId)).toContain("✓ shop succeeded in");

    const file = join(where.path, ".sluice", "dev.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await fetch(`${devFile().endpoint}/runs`)).status).toBe(403);
    dev.signal("SIGINT");
    expect(await dev.finished).toMatchObject({ code: 0 });
    expect(existsSync(file)).toBe(false);
  },
  PATIENCE,
);

test(
  "a run is cancelled, and nothing of it is left; another that runs ends with the installation",
  async () => {
    const submit = async () =>
      (await out("submit", "pipeline.yaml", "-p", "target=x", "--env", "GO=/nowhere/at-all")).trim();
    const cancelled = await submit();
    const pid = await processOf(cancelled);
    expect(await out("cancel", cancelled)).toContain("is being cancelled");
    await vi.waitUntil(async () => (await status(cancelled)) === "cancelled", WAIT);
    await vi.waitUntil(() => !isAlive(pid), WAIT);

    const running = await processOf(await submit());
    expect(isAlive(running)).toBe(true);
    dev.signal("SIGINT");
    expect(await dev.finished).toMatchObject({ code: 0 });
    expect(isAlive(running)).toBe(false);
  },
  PATIENCE,
);

/** The process of the action that waits to be told to go on. */
async function processOf(runId: string): Promise<number> {
  const action = `/runs/${runId}/actions/deploy`;
  await vi.waitUntil(async () => JSON.stringify(await get(`${action}/log`)).includes("deploying"), WAIT);
  return Number((await get(`${action}/inspect`)).handle);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
