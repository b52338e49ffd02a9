import { expect, test } from "vitest";
import { actionOf, runJson } from "./sluice.ts";

const loop = (action: string) => `
version: "1.1"
name: shop
stages:
- stage:
  - custom-script:
      alias: warm
${action.replace(/^/gm, "      ")}
`;

const COUNTING = `commands: |
  n=$(cat never-there 2>/dev/null || true)
  echo "action meta: seen=yes"
`;

test("a loop with ratio below 1 and fractions ends when break is true", async () => {
  const { run } = await runJson(
    loop(`loop:
  break: \${{ outputs.warm.seen }} == 'yes' || task_status == 'Success'
  strategy: {max_times: 5, decline_ratio: 0.5, interval_sec: 2, decline_limit_sec: 3}
${COUNTING}`),
  );
  expect(actionOf(run, "warm")).toMatchObject({ status: "succeeded", attempts: 1 });
});

test("an exhausted loop keeps the real status, error and outputs of its last iteration", async () => {
  const { run } = await runJson(
    loop(`loop: {strategy: {max_times: 3, interval_sec: 1, decline_ratio: 0.1}}
commands: ["echo 'action meta: tried=yes'", "exit 9"]`),
  );
  expect(actionOf(run, "warm")).toMatchObject({
    status: "failed",
    attempts: 3,
    outputs: { tried: "yes" },
    error: { name: "Sluice.ActionFailed", exitCode: 9 },
  });
});

test("max_times -1 is ended by the total timeout, which covers all iterations", async () => {
  const { run, finished } = await runJson(
    loop(`loop: {strategy: {max_times: -1, interval_sec: 1, decline_ratio: 1}}
timeout: 3
commands: exit 4`),
  );
  const action = actionOf(run, "warm");
  expect(action.status).not.toBe("succeeded");
  expect(action.attempts).toBeGreaterThanOrEqual(2);
  expect(action.attempts).toBeLessThanOrEqual(5);
  expect(finished.milliseconds).toBeLessThan(15_000);
});

test("a loop that waits for success whatever break says about the status", async () => {
  const { run } = await runJson(
    loop(`loop: {break: "task_status == 'Failed'", strategy: {max_times: 4, interval_sec: 1}}
commands: exit 3`),
  );
  expect(actionOf(run, "warm")).toMatchObject({ status: "failed", attempts: 1, error: { exitCode: 3 } });
});

test("loop and retry count apart: two iterations of a try and a retry each", async () => {
  const { run } = await runJson(
    loop(`loop: {strategy: {max_times: 2, interval_sec: 1, decline_ratio: 1}}
retry: {max_times: 1, interval_sec: 1}
commands: exit 5`),
  );
  expect(actionOf(run, "warm")).toMatchObject({ status: "failed", attempts: 4 });
});
