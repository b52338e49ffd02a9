import { expect, test } from "vitest";
import type { ActionExecutor } from "../../../actions/index.ts";
import { createExecutors } from "../../../local/installation/executors.ts";
import { createManualClock } from "../manual-clock.ts";

const HOST = {
  start: async () => ({ pid: 7 }),
  find: () => undefined,
  terminate: () => {},
  kill: async () => {},
  remove: async () => {},
};

test("there is one for each declaration of kind process", () => {
  const declarations = ["process", "build"].map((name) => ({ name, kind: "process" }));
  const { byName } = createExecutors([...declarations, { name: "wait", kind: "wait" }], HOST, createManualClock());
  expect([...byName.values()].map(({ name, kind }) => [name, kind])).toEqual([
    ["process", "process"],
    ["build", "process"],
  ]);
});

test("ecs and eks are made by whoever has a way to them", () => {
  const made = (kind: string) => (name: string) => ({ kind, name }) as ActionExecutor;
  const declarations = ["ecs", "eks"].map((kind) => ({ name: `my-${kind}`, kind }));
  const { byName } = createExecutors(declarations, HOST, createManualClock(), made("ecs"), made("eks"));
  expect([...byName.values()]).toEqual([
    { kind: "ecs", name: "my-ecs" },
    { kind: "eks", name: "my-eks" },
  ]);
});

test("other kinds say what to do", () => {
  expect(() => createExecutors([{ name: "build", kind: "ecs" }], HOST, createManualClock())).toThrow(
    'Executor "build" is of kind "ecs"; on this machine it can be mapped to processes: --executor build=process.',
  );
});

test("deadlines of attempts end with the installation", async () => {
  const clock = createManualClock();
  const executors = createExecutors([{ name: "process", kind: "process" }], HOST, clock);
  const attempt = {
    attemptId: "run.build.1",
    image: undefined,
    resources: {},
    agentEnvironment: {},
    deadlineSeconds: 60,
  };
  await executors.byName.get("process")?.start(attempt);
  expect(clock.pending).toBe(1);
  executors.stop();
  expect(clock.pending).toBe(0);
});
