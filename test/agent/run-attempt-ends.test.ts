import { describe, expect, test } from "vitest";
import { until } from "../until.ts";
import { isAlive, runToEnd, startAttempt } from "./agent-api.ts";

describe("ending early", () => {
  test("a timeout ends the whole process group", async () => {
    const script = 'sleep 60 & echo "action meta: child=$!"; sh -c "sleep 60 & wait" & sleep 60';
    const { complete } = await runToEnd({ timeoutSeconds: 1, script });
    expect(complete.end).toBe("timedOut");
    expect(complete.message).toBe("The action used up its running time.");
    const pid = Number(complete.outputs[0]?.value);
    await until(() => !isAlive(pid));
  });

  test("a process that ignores SIGTERM is killed after the grace", async () => {
    await using run = await startAttempt({
      graceSeconds: 0.2,
      script: "trap '' TERM; echo \"action meta: pid=$$\"; while :; do sleep 1; done",
    });
    await until(() => run.api.live.length > 0);
    run.terminate();
    await run.reported;
    expect(run.api.completed()).toMatchObject({ end: "cancelled", exitCode: 137, signal: "SIGKILL" });
    expect(isAlive(Number(run.api.live[0]?.value))).toBe(false);
  });

  test("what the shell has started may clean up as well, within the grace", async () => {
    const tool = "trap 'sleep 0.2; echo unlocked; exit' TERM; echo ready; while :; do sleep 0.05; done";
    await using run = await startAttempt({ script: `sh -c "${tool}"; echo never` });
    await until(() => run.log().includes("ready"));
    run.terminate();
    await run.reported;
    expect(run.log()).toContain("unlocked");
    expect(run.log()).not.toContain("never");
    expect(run.api.completed()).toMatchObject({ end: "cancelled", signal: "SIGTERM" });
  });

  test("what the shell has started and does not end is killed after the grace", async () => {
    const tool = "trap '' TERM; echo \\\"action meta: pid=\\$\\$\\\"; while :; do sleep 1; done";
    await using run = await startAttempt({ graceSeconds: 0.2, script: `sh -c "${tool}"; echo never` });
    await until(() => run.api.live.length > 0);
    run.terminate();
    await run.reported;
    expect(run.api.completed()).toMatchObject({ end: "cancelled" });
    await until(() => !isAlive(Number(run.api.live[0]?.value)));
  });

  test("what the scripts leave running is killed at their end", async () => {
    const { complete } = await runToEnd({ script: 'sleep 60 & echo "action meta: left=$!"' });
    expect(complete).toMatchObject({ end: "exited", exitCode: 0 });
    const pid = Number(complete.outputs[0]?.value);
    await until(() => !isAlive(pid));
  });

  test.runIf(process.platform === "linux")("a daemon that left the process group is killed as well", async () => {
    const daemon = `echo "action meta: left=$$"; : >ready; exec >&- 2>&-; sleep 60`;
    const { complete } = await runToEnd({
      script: `setsid sh -c '${daemon}' & while ! [ -e ready ]; do sleep 0.02; done`,
    });
    expect(complete).toMatchObject({ end: "exited", exitCode: 0 });
    await until(() => !isAlive(Number(complete.outputs[0]?.value)));
  });

  test("the answer to a heartbeat cancels, and the scripts may clean up", async () => {
    await using run = await startAttempt(
      { heartbeatSeconds: 0.02, script: "trap 'echo cleaned; exit 0' TERM; echo ready; while :; do sleep 0.05; done" },
      {},
    );
    await until(() => run.log().includes("ready"));
    run.api.cancel = true;
    await run.reported;
    expect(run.api.completed()).toMatchObject({ end: "cancelled", message: "The run is being cancelled." });
    expect(run.log()).toContain("cleaned");
  });

  test("a 409 ends the scripts at once and nothing is reported", async () => {
    await using run = await startAttempt({
      heartbeatSeconds: 0.02,
      script: "trap '' TERM; echo \"action meta: pid=$$\"; while :; do sleep 1; done",
    });
    await until(() => run.api.live.length > 0);
    run.api.fail = { call: "heartbeat", status: 409, times: 1 };
    expect(await run.reported).toBe(false);
    expect(isAlive(Number(run.api.live[0]?.value))).toBe(false);
    expect(run.api.calls.filter(({ call }) => call === "complete")).toEqual([]);
  });

  test("an API that cannot be reached for long ends the scripts", async () => {
    await using run = await startAttempt(
      { heartbeatSeconds: 0.02, script: 'echo "action meta: pid=$$"; sleep 60' },
      { pace: { unreachableSeconds: 0.3 } },
    );
    await until(() => run.api.live.length > 0);
    run.api.fail = { call: "heartbeat", status: 503, times: 1000 };
    expect(await run.reported).toBe(false);
    expect(isAlive(Number(run.api.live[0]?.value))).toBe(false);
  });
});

test("an API that refuses every connection is gone: the scripts are killed, and the log says why", async () => {
  await using run = await startAttempt(
    { heartbeatSeconds: 0.02, script: 'echo "action meta: pid=$$"; sleep 60' },
    { pace: { refusedSeconds: 0.3 } },
  );
  await until(() => run.api.live.length > 0);
  await run.api.close();
  expect(await run.reported).toBe(false);
  expect(isAlive(Number(run.api.live[0]?.value))).toBe(false);
  expect(run.log()).toMatch(
    /sluice: agent-api refused every connection for "\w+" for 0\.3 s\. The scripts are killed\./,
  );
});
