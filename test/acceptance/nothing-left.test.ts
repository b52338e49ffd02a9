import { availableParallelism, loadavg } from "node:os";
import { StopExecutionCommand } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startShop } from "../local/shop-installation.ts";
import { processesWith } from "../processes-with.ts";
import { until } from "../until.ts";

/** What the issue allows for stopping fifty actions, on a machine that has nothing else to do. */
const ALLOWED_MILLISECONDS = 5000;

/** How many of this machine's own programs shared one of its processors in the last minute, ours not yet among them. */
const share = Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());

let shop: Awaited<ReturnType<typeof startShop>>;
const lines: string[] = [];
beforeAll(async () => {
  shop = await startShop({ onLogLine: ({ text }) => lines.push(text) });
});
afterAll(() => shop.stop());

/** A stage of so many actions that say `word` and then do nothing for a long time; `sleep` is found by its seconds. */
function idle(count: number, word: string, seconds: string): string {
  const action = (at: number) =>
    `  - custom-script: {alias: idle-${at}, commands: "echo ${word}; sleep ${seconds} & sleep ${seconds}"}`;
  const actions = Array.from({ length: count }, (_, at) => action(at));
  return `version: "1.1"\nname: idle-${word}\nstages:\n- stage:\n${actions.join("\n")}\n`;
}

const said = (word: string) => lines.filter((line) => line === word).length;

test("cancelling a run with 50 running actions stops all of them within 5 s", { timeout: 120_000 }, async () => {
  const count = 50;
  const runId = await shop.run("fifty.yaml", idle(count, "fifty", "63.0404"));
  await until(() => said("fifty") === count);
  await until(() => processesWith("sleep\x0063.0404").length === 2 * count);

  const begin = performance.now();
  await shop.installation.cancel(runId);
  const milliseconds = Math.round(performance.now() - begin);
  expect(processesWith("63.0404")).toEqual([]);

  const run = await shop.installation.readRun(runId);
  expect(run.status).toBe("cancelled");
  expect(new Set(run.actions.map(({ status }) => status))).toEqual(new Set(["cancelled"]));
  const load = share === 1 ? "" : `, ${share.toFixed(1)} times that on a machine as busy as this one`;
  const allowed = `allowed are ${ALLOWED_MILLISECONDS} ms${load}`;
  process.stdout.write(`50 running actions were stopped in ${milliseconds} ms; ${allowed}\n`);
  expect(milliseconds).toBeLessThan(ALLOWED_MILLISECONDS * share);
});

test("an execution that is stopped from outside leaves nothing behind", { timeout: 60_000 }, async () => {
  const runId = await shop.run("outside.yaml", idle(3, "outside", "64.0404"));
  await until(() => said("outside") === 3);
  const { machine } = shop.compile("outside.yaml", idle(3, "outside", "64.0404"));
  const executionArn = `arn:aws:states:us-east-1:000000000000:execution:${machine.name}:${runId}`;
  await shop.installation.clients.states.send(new StopExecutionCommand({ executionArn, cause: "by hand" }));
  const run = await shop.installation.waitForEnd(runId);
  await until(() => processesWith("64.0404").length === 0);
  expect(run.status).toBe("cancelled");
  expect(run.actions.map(({ status }) => status)).toEqual(["cancelled", "cancelled", "cancelled"]);
});

test("an execution that fails above its running actions leaves nothing behind", { timeout: 60_000 }, async () => {
  const compilation = shop.compile("parent.yaml", idle(3, "parent", "65.0404"));
  const clock = {
    StartAt: "pause",
    States: {
      pause: { Type: "Wait", Seconds: 3, Next: "too late" },
      "too late": { Type: "Fail", Error: "Shop.TooLate", Cause: "the shop has closed" },
    },
  };
  const { StartAt, States } = JSON.parse(compilation.machine.body);
  const above = { Type: "Parallel", Branches: [{ StartAt, States }, clock], End: true };
  const definition = { QueryLanguage: "JSONata", StartAt: "above", States: { above } };
  const machine = { ...compilation.machine, name: "idle-parent-above", body: JSON.stringify(definition) };
  await shop.installation.deploy({ ...compilation, machine });
  const { runId } = await shop.installation.submit({ pipeline: compilation.plan.pipeline });
  await until(() => said("parent") === 3);
  const run = await shop.installation.waitForEnd(runId);
  await until(() => processesWith("65.0404").length === 0);
  expect(run.status).toBe("failed");
  expect(run.error).toMatchObject({ name: "Shop.TooLate" });
});

test("an action that runs out of time leaves nothing behind, and the run goes on", { timeout: 60_000 }, async () => {
  const runId = await shop.run(
    "timeout.yaml",
    `version: "1.1"
name: idle-timeout
stages:
- stage:
  - custom-script: {alias: slow, timeout: 1, commands: "sleep 66.0404 & sleep 66.0404"}
- stage:
  - custom-script: {alias: tidy, if: "\${{ 1 == 1 }}", commands: "echo tidy"}
`,
  );
  const run = await shop.installation.waitForEnd(runId);
  expect(processesWith("66.0404")).toEqual([]);
  expect(run.actions.map(({ status }) => status)).toEqual(["timedOut", "succeeded"]);
});
