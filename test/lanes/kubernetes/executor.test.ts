import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jobName } from "../../../actions/executors/eks/names.ts";
import type { AttemptSpecification, AttemptStatus } from "../../../actions/index.ts";
import { attemptIdOf } from "../../../functions/index.ts";
import { compileFor } from "../lane-pipelines.ts";
import { EKS, type EksInstallation, startOnKubernetes } from "./eks-installation.ts";

const run = promisify(execFile);

let lane: EksInstallation;
let scratch: string;

beforeAll(async () => {
  [lane, scratch] = await Promise.all([startOnKubernetes(), mkdtemp(join(tmpdir(), "sluice-kubernetes-"))]);
  // An image with nothing in it: no shell, above all.
  const archive = join(scratch, "empty.tar");
  await run("tar", ["--create", "--file", archive, "--files-from", "/dev/null"]);
  await run("podman", ["import", "--quiet", archive, "localhost/sluice-lane-empty:dev"]);
});
afterAll(async () => {
  await lane?.[Symbol.asyncDispose]();
  await rm(scratch, { recursive: true, force: true });
});

/** A pipeline with one action, deployed and submitted. */
async function submit(name: string, commands: string, more = ""): Promise<{ runId: string; attemptId: string }> {
  const file = join(scratch, `${name}.yaml`);
  const indented = commands.replaceAll("\n", "\n        ");
  await writeFile(
    file,
    `version: "1.1"\nname: ${name}\nstages:\n- stage:\n  - custom-script:\n      alias: build\n${more}      commands: |\n        ${indented}\n`,
  );
  const compilation = compileFor(EKS, { name, file, endings: [], varying: new Set() });
  await lane.installation.deploy(compilation);
  const { runId } = await lane.installation.submit({ pipeline: compilation.plan.pipeline });
  return { runId, attemptId: attemptIdOf({ runId, key: "build", n: 1 }) };
}

async function untilTrue(question: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await question())) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Names of containers that run for an attempt. */
async function containersOf(attemptId: string): Promise<string[]> {
  const pods = lane.cluster.store
    .list("pods")
    .filter(({ metadata }) => metadata.labels?.["job-name"] === jobName(attemptId));
  const [pod] = pods;
  if (pod === undefined) return [];
  const { stdout } = await run("podman", [
    "ps",
    "--filter",
    `name=sluice-pod-${pod.metadata.uid.slice(0, 8)}`,
    "--format",
    "{{.Names}}",
  ]);
  return stdout.split("\n").filter((name) => name !== "");
}

const logOf = async (attemptId: string, container = "agent") => {
  const pod = lane.cluster.store
    .list("pods")
    .find(({ metadata }) => metadata.labels?.["job-name"] === jobName(attemptId));
  return pod === undefined ? "" : await lane.cluster.node.log(pod, container, undefined);
};

async function killContainer(attemptId: string, container: string): Promise<void> {
  const names = await containersOf(attemptId);
  await run("podman", ["kill", "--signal", "KILL", names.find((name) => name.includes(`-${container}-`)) ?? ""]);
}

test.concurrent("the nonce and the secret stay with the agent: main has neither in its environment nor in its reach", async () => {
  const { runId, attemptId } = await submit(
    "isolation",
    'env | sort; ls /proc | grep -c "^[0-9]" >&2; ls /var/run/secrets 2>&1 || true',
  );
  const view = await lane.installation.waitForEnd(runId);
  expect(view.status).toBe("succeeded");
  const log = await logOf(attemptId);
  expect(log).not.toMatch(/SLUICE_ATTEMPT_NONCE|SLUICE_AGENT_API/);
  await untilTrue(async () => (await lane.executor.status({ attemptId })).phase === "ended");
  expect(await containersOf(attemptId)).toEqual([]);
  expect(JSON.stringify(lane.cluster.store.get("jobs", "sluice", jobName(attemptId)).status)).toContain("Complete");
});

test.concurrent("an action that takes more memory than it asked for fails with what happened", async () => {
  const { runId, attemptId } = await submit("memory", "echo filling\ntail /dev/zero", "      resources: {mem: 64}\n");
  const view = await lane.installation.waitForEnd(runId);
  expect(view.actions[0]).toMatchObject({ status: "failed", error: { exitCode: 137 } });
  expect(JSON.stringify(view.actions[0])).toContain("memory");
  await untilTrue(async () => (await lane.executor.status({ attemptId })).phase === "ended");
});

test.concurrent("a main that is killed is started again, and does its work once", async () => {
  const { runId, attemptId } = await submit("killed", 'echo "working $$"\nsleep 60');
  await untilTrue(async () => (await logOf(attemptId)).includes("working"));
  await killContainer(attemptId, "main");
  const view = await lane.installation.waitForEnd(runId);
  expect(view.actions[0]).toMatchObject({ status: "failed", error: { exitCode: 137 } });
  expect((await logOf(attemptId)).match(/working/g)).toHaveLength(1);
});

test.concurrent("an agent that is killed takes main with it, and the Job says so", async () => {
  const { runId, attemptId } = await submit("agentless", "echo working\nsleep 60");
  await untilTrue(async () => (await logOf(attemptId)).includes("working"));
  await killContainer(attemptId, "agent");
  let status: AttemptStatus = { phase: "unknown" };
  await untilTrue(async () => {
    status = await lane.executor.status({ attemptId });
    return status.phase === "ended";
  });
  expect(status).toEqual({ phase: "ended", reason: expect.stringContaining("the agent ended (Error, exit code 137)") });
  await untilTrue(async () => (await containersOf(attemptId)).length === 0);
  await lane.installation.cancel(runId);
});

test.concurrent("cancelling asks the scripts to end, and leaves no container", async () => {
  const { runId, attemptId } = await submit(
    "cancelled",
    'trap "echo cleaned up; exit 3" TERM\necho working\nsleep 60 & wait',
  );
  await untilTrue(async () => (await logOf(attemptId)).includes("working"));
  await lane.installation.cancel(runId);
  expect((await lane.installation.readRun(runId)).status).toBe("cancelled");
  await untilTrue(async () => (await containersOf(attemptId)).length === 0);
  expect((await lane.executor.status({ attemptId })).phase).not.toBe("running");
});

function attemptOf(name: string, changes: Partial<AttemptSpecification>): AttemptSpecification {
  return {
    attemptId: `lane.${name}.1`,
    image: undefined,
    resources: {},
    agentEnvironment: {
      SLUICE_AGENT_API: "http://127.0.0.1:9",
      SLUICE_ATTEMPT_ID: `lane.${name}.1`,
      SLUICE_ATTEMPT_NONCE: "one-time",
    },
    deadlineSeconds: 3600,
    ...changes,
  };
}

test.concurrent.each([
  [
    "missing",
    { image: "localhost/shop-missing:1" },
    "queued",
    /^(ErrImagePull|ImagePullBackOff): the image "localhost\/shop-missing:1" cannot be pulled .*check the name/,
  ],
  [
    "misnamed",
    { image: "Not An Image" },
    "ended",
    /^InvalidImageName: the image "Not An Image" is no name of an image/,
  ],
  ["shell-less", { image: "localhost/sluice-lane-empty:dev" }, "ended", /^CrashLoopBackOff: .*StartError.*\/bin\/sh/],
  [
    "huge",
    { resources: { cpu: 64 } },
    "queued",
    /^Unschedulable: no node takes the pod .*Insufficient cpu.*check `resources`/,
  ],
] as const)("an attempt that is %s says so, and is removed", async (name, changes, phase, reason) => {
  const attempt = attemptOf(name, changes);
  await lane.executor.start(attempt);
  let status: AttemptStatus = { phase: "unknown" };
  await untilTrue(async () => {
    status = await lane.executor.status(attempt);
    return "reason" in status && reason.test(status.reason ?? "");
  });
  expect(status.phase).toBe(phase);
  expect(await lane.executor.inspect(attempt)).toContain(`Job sluice/${jobName(attempt.attemptId)}: 1 active`);
  await lane.executor.remove(attempt);
  await untilTrue(
    () =>
      !lane.cluster.store
        .list("pods")
        .some(({ metadata }) => metadata.labels?.["job-name"] === jobName(attempt.attemptId)),
  );
  expect(await lane.executor.status(attempt)).toEqual({ phase: "unknown" });
});
