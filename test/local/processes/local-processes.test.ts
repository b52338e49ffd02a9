import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AGENT_ENVIRONMENT } from "../../../agent/protocol.ts";
import {
  attemptPaths,
  createLocalProcesses,
  type LocalProcesses,
  type LogLine,
} from "../../../local/processes/index.ts";
import { type FakeApi, isAlive, shopAssignment, startFakeApi } from "../../agent/agent-api.ts";
import { until } from "../../until.ts";

const ATTEMPT = "run-1.build.1";
let stateDirectory: string;
let hosts: LocalProcesses[];
let lines: LogLine[];
let lost: string[];

beforeEach(() => {
  stateDirectory = mkdtempSync(join(tmpdir(), "sluice-state-"));
  hosts = [];
  lines = [];
  lost = [];
});

afterEach(async () => {
  for (const host of hosts) {
    await host.stopAll();
    await host.remove(ATTEMPT);
  }
  rmSync(stateDirectory, { recursive: true, force: true });
});

function newHost(environment: NodeJS.ProcessEnv = process.env): LocalProcesses {
  const host = createLocalProcesses({
    stateDirectory,
    environment,
    onLogLine: (line) => lines.push(line),
    onLost: (attemptId) => lost.push(attemptId),
  });
  hosts.push(host);
  return host;
}

/** The real agent, talking to an API that hands out this script. */
async function withApi(script: string, use: (api: FakeApi, environment: Record<string, string>) => Promise<void>) {
  const api = await startFakeApi(shopAssignment({ script, secrets: ["top-secret"] }));
  try {
    const { api: url, attempt, nonce } = AGENT_ENVIRONMENT;
    await use(api, { [url]: api.url, [attempt]: ATTEMPT, [nonce]: "one-time" });
  } finally {
    await api.close();
  }
}

const paths = () => attemptPaths(stateDirectory, ATTEMPT);
const texts = () => lines.map(({ text }) => text);

describe("an agent", () => {
  test("runs an attempt in its own directory, and its masked log goes to the file and the listener", async () => {
    await withApi("echo building; echo top-secret >&2; echo hello >file", async (api, environment) => {
      const host = newHost();
      const { pid } = await host.start(ATTEMPT, environment);
      expect(await host.start(ATTEMPT, environment)).toEqual({ pid });
      expect(await api.completion).toMatchObject({ end: "exited", exitCode: 0 });
      host.flushLogs();
      expect(texts().sort()).toEqual(["******", "building"]);
      expect(lines[0]).toMatchObject({ runId: "run-1", actionKey: "build", attempt: 1 });
      expect(readFileSync(paths().log, "utf8").split("\n").sort()).toEqual(["", "******", "building"]);
      expect(readFileSync(join(paths().work, "context", "build", "file"), "utf8")).toBe("hello\n");
      await until(() => host.find(ATTEMPT)?.running === false);
      expect(host.find(ATTEMPT)).toEqual({ pid, running: false, exitCode: 0 });
      expect(api.calls.filter(({ call }) => call === "bootstrap")).toHaveLength(1);
    });
  });

  test("sees a list of the host's environment, and its scripts nothing of the agent's own", async () => {
    await withApi("env", async (api, environment) => {
      const host = newHost({ PATH: process.env["PATH"], LC_ALL: "C.UTF-8", AWS_SECRET_ACCESS_KEY: "host-secret" });
      await host.start(ATTEMPT, environment);
      await api.completion;
      host.flushLogs();
      expect(texts()).toContain("LC_ALL=C.UTF-8");
      expect(texts().filter((text) => /AWS|SLUICE|NODE_/.test(text))).toEqual([]);
    });
  });

  test("that is asked to end ends its scripts and reports it", async () => {
    await withApi("echo ready; sleep 60", async (api, environment) => {
      const host = newHost();
      await host.start(ATTEMPT, environment);
      await until(() => texts().includes("ready"));
      host.terminate(ATTEMPT);
      expect(await api.completion).toMatchObject({ end: "cancelled", signal: "SIGTERM" });
    });
  });

  test("that is started wrongly says so in the log and ends", async () => {
    const host = newHost();
    await host.start(ATTEMPT, {});
    await until(() => host.find(ATTEMPT)?.running === false);
    expect(host.find(ATTEMPT)).toMatchObject({ exitCode: 2 });
    expect(readFileSync(paths().log, "utf8")).toBe(
      `sluice agent: The environment variable ${AGENT_ENVIRONMENT.api} is not set.\n`,
    );
  });
});

describe("ending by force", () => {
  const script = 'trap "" TERM; sleep 60 & echo "$$ $!"; wait; sleep 60';
  const pids = () => (texts()[0] ?? "").split(" ").map(Number);

  test("kill takes everything that the attempt has started along", async () => {
    await withApi(script, async (_api, environment) => {
      const host = newHost();
      const { pid } = await host.start(ATTEMPT, environment);
      await until(() => texts().length > 0);
      await host.kill(ATTEMPT);
      await until(() => ![pid, ...pids()].some(isAlive));
      expect(lost).toEqual([]);
      expect(host.find(ATTEMPT)).toEqual({ pid, running: false });
      await host.kill(ATTEMPT);
    });
  });

  test("an agent that is killed by somebody else leaves no scripts behind", async () => {
    await withApi(script, async (_api, environment) => {
      const host = newHost();
      const { pid } = await host.start(ATTEMPT, environment);
      await until(() => texts().length > 0);
      process.kill(pid, "SIGKILL");
      await until(() => !pids().some(isAlive));
      await until(() => lost.length > 0);
      expect(lost).toEqual([ATTEMPT]);
    });
  });

  test("what an agent that was killed could not remove is removed: its scripts may hold secrets", async () => {
    await withApi(script, async (_api, environment) => {
      const host = newHost();
      const { pid } = await host.start(ATTEMPT, environment);
      await until(() => texts().length > 0);
      expect(existsSync(join(paths().work, "scripts"))).toBe(true);
      process.kill(pid, "SIGKILL");
      await until(() => !existsSync(join(paths().work, "scripts")));
      await until(() => !existsSync(join(paths().work, "home")));
      expect(existsSync(join(paths().work, "process-group"))).toBe(false);
      expect(existsSync(join(paths().work, "context"))).toBe(true);
    });
  });

  const leaves = "setsid sh -c 'echo $$; exec >&- 2>&-; sleep 60' & sleep 60";
  test.runIf(process.platform === "linux")("kill finds what has left the process group", async () => {
    await withApi(leaves, async (_api, environment) => {
      const host = newHost();
      await host.start(ATTEMPT, environment);
      await until(() => texts().length > 0);
      await host.kill(ATTEMPT);
      await until(() => !pids().some(isAlive));
    });
  });

  test("remove takes the directory, keeps the log and forgets the attempt", async () => {
    await withApi(script, async (_api, environment) => {
      const host = newHost();
      await host.start(ATTEMPT, environment);
      await until(() => texts().length > 0);
      await host.remove(ATTEMPT);
      expect(host.find(ATTEMPT)).toBeUndefined();
      expect(existsSync(paths().work)).toBe(false);
      expect(readFileSync(paths().log, "utf8")).not.toBe("");
      await host.remove(ATTEMPT);
    });
  });
});

describe("a host that was restarted", () => {
  test("finds the attempt, starts nothing again and can end it", async () => {
    await withApi("echo ready; sleep 60", async (api, environment) => {
      const { pid } = await newHost().start(ATTEMPT, environment);
      await until(() => texts().includes("ready"));
      const second = newHost();
      expect(second.find(ATTEMPT)).toEqual({ pid, running: true });
      expect(await second.start(ATTEMPT, environment)).toEqual({ pid });
      await second.kill(ATTEMPT);
      expect(second.find(ATTEMPT)).toEqual({ pid, running: false });
      expect(api.calls.filter(({ call }) => call === "bootstrap")).toHaveLength(1);
    });
  });
});

test.each(["../../etc.a.1", "..a.1", "run/1.build.1", "run-1.build", "run-1.build.x", ".run.build.1", ""])(
  "%j is no attempt id",
  async (attemptId) => {
    await expect(newHost().start(attemptId, {})).rejects.toThrow("is not an attempt id");
  },
);

test("a run id may hold dots", () => {
  expect(attemptPaths("/state", "nightly-2026.01.02.build.12")).toMatchObject({
    runId: "nightly-2026.01.02",
    actionKey: "build",
    attempt: 12,
    log: join("/state", "runs", "nightly-2026.01.02", "logs", "build.12.log"),
    work: join("/state", "runs", "nightly-2026.01.02", "work", "build.12"),
  });
});
