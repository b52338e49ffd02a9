import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createProcessExecutor } from "../../../../actions/index.ts";
import { createLocalProcesses } from "../../../../local/processes/index.ts";
import { until } from "../../../until.ts";
import { buildAttempt, describeExecutorContract, type ExecutorUnderTest } from "../contract.ts";

/** Real processes: in place of the agent a program that says when it runs and ends when it is asked to. */
const PROGRAM = `process.on("SIGTERM", () => process.exit(0));
require("node:fs").appendFileSync(process.env.SLUICE_ATTEMPT_ROOT + "/started", "x");
setInterval(() => {}, 1000);
console.log("ready");`;

interface Scheduled {
  readonly seconds: number;
  readonly callback: () => void;
}

async function make(): Promise<ExecutorUnderTest & { readonly scheduled: Set<Scheduled> }> {
  const stateDirectory = await mkdtemp(join(tmpdir(), "sluice-process-"));
  const program = join(stateDirectory, "program.cjs");
  await writeFile(program, PROGRAM);
  const lines: string[] = [];
  const pids = new Set<string>();
  const scheduled = new Set<Scheduled>();
  const host = createLocalProcesses({
    stateDirectory,
    environment: process.env,
    program,
    onLogLine: ({ text, actionKey, attempt }) => lines.push(`${actionKey}.${attempt} ${text}`),
  });
  const executor = createProcessExecutor({
    name: "laptop",
    host,
    schedule: (seconds, callback) => {
      const entry = { seconds, callback };
      scheduled.add(entry);
      return () => scheduled.delete(entry);
    },
  });
  return {
    executor: {
      ...executor,
      async start(attempt) {
        const handle = await executor.start(attempt);
        pids.add(handle);
        return handle;
      },
    },
    scheduled,
    started: () => pids.size,
    run: async () => until(() => lines.includes("build.1 ready")),
    settle: async ({ attemptId }) => until(() => host.find(attemptId)?.running !== true),
    async [Symbol.asyncDispose]() {
      await host.stopAll();
      await rm(stateDirectory, { recursive: true, force: true });
    },
  };
}

describeExecutorContract("process", make);

test("an attempt that passes its deadline is killed", async () => {
  await using under = await make();
  const attempt = buildAttempt({ deadlineSeconds: 90 });
  await under.executor.start(attempt);
  await under.run(attempt);
  await under.executor.update(attempt, { deadlineSeconds: 60 });
  expect([...under.scheduled].map(({ seconds }) => seconds)).toEqual([60]);
  for (const { callback } of under.scheduled) {
    callback();
  }
  await under.settle(attempt);
  expect(await under.executor.status(attempt)).toEqual({ phase: "ended" });
});
