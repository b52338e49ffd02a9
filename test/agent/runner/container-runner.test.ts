import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { MAIN_WRAPPER, SHARED_ROOT } from "../../../actions/executors/ecs/main-wrapper.ts";
import { mainContainerStopped } from "../../../agent/runner/main-container.ts";
import { until } from "../../until.ts";
import { type AgentRun, startAttempt } from "../agent-api.ts";

/** A PID namespace of its own stands in for the container; only root, or a kernel that allows it, can make one. */
const namespaces = spawnSync("unshare", ["--pid", "--fork", "true"]).status === 0;
if (!namespaces) {
  process.stderr.write("container-runner: no PID namespaces here, the wrapper of main is not run\n");
}

/** Starts the wrapper as ECS starts it in `main`, with the shared volume at the attempt's root. */
function startMain(run: AgentRun, before = ""): { readonly unshare: ChildProcess } & Disposable {
  const wrapper = before + MAIN_WRAPPER.replaceAll(SHARED_ROOT, run.settings.root).replace("sleep 1", "sleep 0.05");
  const unshare = spawn("unshare", ["--pid", "--fork", "--kill-child", "/bin/sh", "-c", wrapper], {
    env: { PATH: process.env["PATH"], FROM_IMAGE: "yes" },
    stdio: "ignore",
  });
  return { unshare, [Symbol.dispose]: () => void unshare.kill("SIGKILL") };
}

/** The metadata endpoint of a task with these containers. */
async function startMetadata(containers: () => readonly object[]): Promise<{ readonly uri: string } & AsyncDisposable> {
  const server = createServer((_request, response) => response.end(JSON.stringify({ Containers: containers() })));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v4/id`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe.runIf(namespaces)("scripts in the container main", () => {
  test("run in the image's environment, and their output, outputs and exit code come back", async () => {
    await using run = await startAttempt(
      {
        secrets: ["top-secret"],
        variables: [{ name: "SLUICE_1", value: "it's" }],
        environment: [{ name: "ACTION_X", value: "a\n'b'" }],
        script: 'echo "$FROM_IMAGE $SLUICE_1 $ACTION_X"; echo top-secret >&2; echo "k=v" >"$METAFILE"; pwd; exit 7',
      },
      { runner: "container" },
    );
    using main = startMain(run);
    await run.reported;
    expect(run.api.completed()).toMatchObject({ end: "exited", exitCode: 7, outputs: [{ name: "k", value: "v" }] });
    expect(run.log().split("\n").sort()).toEqual(
      ["", "'b'", "******", `${run.settings.root}/context/build`, "yes it's a"].sort(),
    );
    expect(main.unshare.pid).toBeDefined();
  });

  test("end on cancel, also what ignores SIGTERM, what left the group and what runs on", async () => {
    await using run = await startAttempt(
      { graceSeconds: 0.2, script: "setsid sleep 60 & trap '' TERM; echo ready; while :; do sleep 1; done" },
      { runner: "container" },
    );
    using main = startMain(run);
    const ended = new Promise((resolve) => main.unshare.once("exit", resolve));
    await until(() => run.log().includes("ready"));
    run.terminate();
    await run.reported;
    expect(run.api.completed()).toMatchObject({ end: "cancelled", exitCode: 137, signal: "SIGKILL" });
    await ended;
  });

  test("have their time from when they begin, not from when everything is ready for them", async () => {
    await using run = await startAttempt(
      { timeoutSeconds: 1, graceSeconds: 1, script: 'echo "rows=3" >>"$METAFILE"; sleep 60' },
      { runner: "container" },
    );
    using main = startMain(run, "sleep 1.5\n");
    await run.reported;
    expect(run.api.completed()).toMatchObject({ end: "timedOut", outputs: [{ name: "rows", value: "3" }] });
    expect(main.unshare.pid).toBeDefined();
  });

  test("that never begin, for want of a shell, could not be prepared", async () => {
    await using metadata = await startMetadata(() => [{ Name: "main", KnownStatus: "STOPPED" }]);
    const environment = { ECS_CONTAINER_METADATA_URI_V4: metadata.uri };
    await using run = await startAttempt({ script: "true" }, { runner: "container", environment });
    await run.reported;
    expect(run.api.completed()).toMatchObject({
      end: "failedToPrepare",
      message: expect.stringContaining('no "/bin/sh"'),
    });
  });

  test("whose wrapper is killed are reported as killed", async () => {
    await using run = await startAttempt({ script: "echo ready; sleep 60" }, { runner: "container" });
    using main = startMain(run);
    await until(() => run.log().includes("ready"));
    // With its first process the whole namespace ends, as a container does.
    spawnSync("pkill", ["-KILL", "-P", String(main.unshare.pid)]);
    await run.reported;
    expect(run.api.completed()).toMatchObject({ end: "exited", exitCode: 137, signal: "SIGKILL" });
  });
});

test("the wrapper refuses to run anywhere but as the first process of its container", () => {
  const result = spawnSync("sh", ["-c", MAIN_WRAPPER], { encoding: "utf8" });
  expect(result.status).toBe(70);
  expect(result.stderr).toBe("sluice: must be process 1 of its container\n");
});

test("a container main that never started is seen in the task's metadata", async () => {
  const answers = [
    [
      { Name: "agent", KnownStatus: "RUNNING" },
      { Name: "main", KnownStatus: "PULLED" },
    ],
    [{ Name: "main", KnownStatus: "STOPPED", ExitCode: 127 }],
  ];
  await using metadata = await startMetadata(() => answers.shift() ?? []);
  const { signal } = new AbortController();
  expect(await mainContainerStopped(metadata.uri, fetch, 1, signal)).toBe(127);
  expect(answers).toEqual([]);
});
