import { expect, test } from "vitest";
import { processesWith } from "../processes-with.ts";
import { until } from "../until.ts";
import { actionOf, folder, runJson, startSluice } from "./sluice.ts";

test("timeout 1 on sleep 60: timedOut, failed, nothing of the group left", async () => {
  const { run } = await runJson(`
version: "1.1"
name: shop
stages:
- stage:
  - custom-script:
      alias: slow
      timeout: 1
      commands: "sleep 61.0101 & sleep 61.0101"
`);
  const slow = actionOf(run, "slow");
  expect(run.status).toBe("failed");
  expect(slow.status).toBe("timedOut");
  expect(Date.parse(slow.endedAt ?? "") - Date.parse(slow.startedAt ?? "")).toBeLessThan(3000);
  expect(processesWith("61.0101")).toEqual([]);
});

test("a process that ignores SIGTERM is killed", async () => {
  const { run } = await runJson(`
version: "1.1"
name: shop
stages:
- stage:
  - custom-script:
      alias: stubborn
      timeout: 1
      commands: |
        trap '' TERM
        while true; do sleep 0.0202; done
`);
  expect(actionOf(run, "stubborn").status).toBe("timedOut");
  expect(processesWith("0.0202")).toEqual([]);
});

test("Ctrl-C: cancelled, exit 130, nothing left running", async () => {
  await using where = await folder({
    "pipeline.yaml": `
version: "1.1"
name: shop
stages:
- stage:
  - custom-script: {alias: left, commands: "echo ready; sleep 62.0303"}
  - custom-script: {alias: right, commands: "echo ready; sleep 62.0303"}
- stage:
  - custom-script: {alias: never, if: "\${{ 1 == 1 }}", commands: "echo started anyway"}
`,
  });
  const started = startSluice(["run", "pipeline.yaml", "--format", "json"], { cwd: where.path });
  await until(() => processesWith("62.0303").length >= 2);
  started.signal("SIGINT");
  const finished = await started.finished;
  expect(finished.code).toBe(130);
  const run = JSON.parse(finished.stdout) as { status: string; actions: { name: string; status: string }[] };
  expect(run.status).toBe("cancelled");
  expect(run.actions.map((action) => [action.name, action.status])).toEqual([
    ["left", "cancelled"],
    ["right", "cancelled"],
    ["never", "skipped"],
  ]);
  expect(processesWith("62.0303")).toEqual([]);
});
