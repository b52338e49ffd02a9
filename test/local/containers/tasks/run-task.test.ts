import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { describe, expect, test } from "vitest";
import { until } from "../../../until.ts";
import { bake, OVEN } from "./bakery.ts";

test("a task goes through its statuses, each an event of a higher version, and leaves nothing behind", async () => {
  const bakery = await bake([{ ...OVEN, mountPoints: [{ sourceVolume: "tray", containerPath: "/tray" }] }], {
    volumes: ["tray"],
  });
  await bakery.running("oven");
  expect([...bakery.engine.volumes]).toEqual([expect.stringMatching(/^sluice-[0-9a-f]{32}-tray$/)]);
  expect(bakery.engine.container("oven").specification.volumes).toEqual([
    { name: [...bakery.engine.volumes][0], path: "/tray", readOnly: false },
  ]);
  bakery.engine.container("oven").end({ exitCode: 3 });
  await bakery.stopped();
  const statuses = bakery.events.map(({ detail }) => `${detail["lastStatus"]} ${detail["desiredStatus"]}`);
  expect(statuses).toEqual([
    "PROVISIONING RUNNING",
    "PENDING RUNNING",
    "RUNNING RUNNING",
    "RUNNING STOPPED",
    "DEACTIVATING STOPPED",
    "STOPPING STOPPED",
    "DEPROVISIONING STOPPED",
    "STOPPED STOPPED",
  ]);
  expect(bakery.events.map(({ detail }) => detail["version"])).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(bakery.events.at(-1)).toMatchObject({
    source: "aws.ecs",
    "detail-type": "ECS Task State Change",
    detail: {
      stopCode: "EssentialContainerExited",
      stoppedReason: "Essential container in task exited",
      containers: [{ name: "oven", lastStatus: "STOPPED", exitCode: 3 }],
      stoppedAt: expect.stringMatching(/^2026-11-21T12:00:00/),
    },
  });
  expect(bakery.engine.has("oven")).toBe(false);
  expect(bakery.engine.volumes.size).toBe(0);
});

describe("dependencies", () => {
  const TIMER: ContainerDefinition = { name: "timer", image: "shop/timer:1", essential: false };
  const dependingBy = (condition: "START" | "COMPLETE" | "SUCCESS" | "HEALTHY") => ({
    ...OVEN,
    dependsOn: [{ containerName: "timer", condition }],
  });

  test("START: after the other one runs", async () => {
    const { running, engine, stop } = await bake([dependingBy("START"), TIMER]);
    await running("oven");
    expect(engine.calls.indexOf("start timer")).toBeLessThan(engine.calls.indexOf("create oven"));
    await stop();
  });

  test.each([
    ["COMPLETE", 1],
    ["SUCCESS", 0],
  ] as const)("%s: after the other one has ended", async (condition, exitCode) => {
    const { running, engine, describe: look, stop } = await bake([dependingBy(condition), TIMER]);
    await running("timer");
    expect(engine.has("oven")).toBe(false);
    expect((await look()).lastStatus).toBe("PENDING");
    engine.container("timer").end({ exitCode });
    await running("oven");
    await until(() => engine.calls.includes("start oven"));
    await stop();
  });

  test("SUCCESS that cannot come any more: the task fails to start", async () => {
    const { running, engine, describe: look, stopped } = await bake([dependingBy("SUCCESS"), TIMER]);
    await running("timer");
    engine.container("timer").end({ exitCode: 1 });
    await stopped();
    expect(engine.calls).not.toContain("create oven");
    expect(await look()).toMatchObject({
      stopCode: "TaskFailedToStart",
      containers: [
        { name: "oven", exitCode: 143, reason: expect.stringContaining("container timer can no longer reach SUCCESS") },
        { name: "timer", exitCode: 1 },
      ],
    });
  });

  test("HEALTHY: after the health check has passed", async () => {
    const checked = { ...TIMER, healthCheck: { command: ["CMD-SHELL", "test -e /ready"], interval: 5, retries: 2 } };
    const { running, engine, clock, describe: look, stop } = await bake([dependingBy("HEALTHY"), checked]);
    await running("timer");
    engine.health = 1;
    await clock.advance(5_000);
    expect(engine.has("oven")).toBe(false);
    engine.health = 0;
    await clock.advance(5_000);
    await running("oven");
    expect((await look()).containers).toMatchObject([{ name: "oven" }, { name: "timer", healthStatus: "HEALTHY" }]);
    await stop();
    await until(() => clock.pending === 0);
  });

  test("a start timeout gives up", async () => {
    const {
      running,
      clock,
      describe: look,
      stopped,
    } = await bake([{ ...dependingBy("COMPLETE"), startTimeout: 30 }, TIMER]);
    await running("timer");
    await clock.advance(30_000);
    await stopped();
    expect((await look()).containers?.[0]).toMatchObject({ exitCode: 143, reason: expect.stringContaining("30 s") });
  });

  test("what depends on others is stopped before them, each with its own grace", async () => {
    const { running, engine, clock, stop, stopped } = await bake(
      [
        { ...dependingBy("START"), stopTimeout: 20 },
        { ...TIMER, stopTimeout: 7 },
      ],
      { obedient: false },
    );
    await running("oven");
    const [oven, timer] = [engine.container("oven"), engine.container("timer")];
    await stop();
    await until(() => oven.signals.length === 1);
    await clock.advance(19_999);
    expect([oven.signals, timer.signals]).toEqual([["SIGTERM"], []]);
    oven.end({ exitCode: 0 });
    await until(() => timer.signals.length === 1);
    await clock.advance(7_000);
    await stopped();
    expect([oven.signals, timer.signals]).toEqual([["SIGTERM"], ["SIGTERM", "SIGKILL"]]);
    expect(clock.pending).toBe(0);
  });
});

describe("what goes wrong", () => {
  test("an image that cannot be had", async () => {
    const {
      describe: look,
      stopped,
      engine,
    } = await bake([OVEN, { name: "timer", image: "shop/timer:1", essential: false }], {
      missing: { "shop/timer:1": "manifest unknown" },
    });
    await stopped();
    expect(await look()).toMatchObject({
      stopCode: "TaskFailedToStart",
      stoppedReason: "CannotPullContainerError: shop/timer:1: manifest unknown",
      containers: [
        { name: "oven", lastStatus: "STOPPED" },
        { name: "timer", reason: "CannotPullContainerError: shop/timer:1: manifest unknown" },
      ],
    });
    expect(engine.calls.filter((call) => call.startsWith("create"))).toEqual([]);
  });

  test("a program that is not in the image", async () => {
    const { describe: look, stopped } = await bake([OVEN], {
      broken: { "shop/oven:1": 'exec: "/bin/sh": no such file' },
    });
    await stopped();
    const reason = 'CannotStartContainerError: exec: "/bin/sh": no such file';
    expect(await look()).toMatchObject({
      stopCode: "TaskFailedToStart",
      stoppedReason: reason,
      containers: [{ reason }],
    });
  });

  test("one that is not essential does not start: the others go on", async () => {
    const {
      running,
      describe: look,
      stop,
    } = await bake([OVEN, { name: "timer", image: "shop/timer:1", essential: false }], {
      broken: { "shop/timer:1": "no such file" },
    });
    await running("oven");
    await until(() => true);
    const { containers = [] } = await look();
    expect(containers[1]).toMatchObject({ name: "timer", lastStatus: "STOPPED" });
    expect(containers[1]).not.toHaveProperty("exitCode");
    await stop();
  });

  test("too much memory", async () => {
    const { running, engine, describe: look, stopped } = await bake([OVEN]);
    await running("oven");
    engine.container("oven").end({ exitCode: 137, outOfMemory: true });
    await stopped();
    expect((await look()).containers?.[0]).toMatchObject({
      exitCode: 137,
      reason: "OutOfMemoryError: Container killed due to memory usage",
    });
  });

  test("a health check that an essential container does not pass", async () => {
    const healthCheck = { command: ["CMD", "curl", "localhost"], interval: 5, retries: 2, startPeriod: 6 };
    const { running, engine, clock, describe: look, stopped } = await bake([{ ...OVEN, healthCheck }]);
    await running("oven");
    engine.health = undefined;
    // The first one is within the start period and does not count; then two that do.
    await clock.advance(5_000);
    await clock.advance(5_000);
    expect((await look()).desiredStatus).toBe("RUNNING");
    await clock.advance(5_000);
    await stopped();
    expect(await look()).toMatchObject({ stoppedReason: "Task failed container health checks" });
  });
});

describe("a task that is stopped early", () => {
  test("while its image is pulled: nothing is created", async () => {
    const { engine, stop, stopped } = await bake([OVEN], { slow: ["shop/oven:1"], volumes: ["tray"] });
    await until(() => engine.calls.includes("pull shop/oven:1"));
    await stop();
    await stopped();
    expect(engine.calls).not.toContain("create oven");
    expect(engine.volumes.size).toBe(0);
  });
});
