import { describe, expect, test } from "vitest";
import { createEcsExecutor, type EcsExecutorConfiguration } from "../../../../actions/index.ts";
import { AGENT_ENVIRONMENT } from "../../../../agent/protocol.ts";
import { buildAttempt, describeExecutorContract } from "../contract.ts";
import { createScriptedEcs, SHOP_ECS } from "./scripted-ecs.ts";

describeExecutorContract("ecs", async () => {
  const ecs = createScriptedEcs();
  return {
    executor: createEcsExecutor({ name: "build", client: ecs.client, configuration: SHOP_ECS }),
    started: () => ecs.tasks.size,
    run: async () => ecs.setStatus("RUNNING"),
    settle: async () => ecs.setStatus("STOPPED"),
    async [Symbol.asyncDispose]() {
      ecs.client.destroy();
    },
  };
});

function shopEcs(configuration: Partial<EcsExecutorConfiguration> = {}) {
  const ecs = createScriptedEcs();
  const executor = createEcsExecutor({
    name: "build",
    client: ecs.client,
    configuration: { ...SHOP_ECS, ...configuration },
  });
  const inputs = (operation: string) =>
    ecs.calls.filter((call) => call.operation === operation).map(({ input }) => input);
  return { ecs, executor, inputs };
}

describe("starting a task", () => {
  test("registers a task definition once for equal content, also for another executor", async () => {
    const { ecs, executor, inputs } = shopEcs();
    await executor.create(buildAttempt());
    await executor.start(buildAttempt({ attemptId: "run-1.build.2" }));
    await createEcsExecutor({ name: "build", client: ecs.client, configuration: SHOP_ECS }).create(buildAttempt());
    expect(inputs("RegisterTaskDefinition")).toHaveLength(1);
    await executor.create(buildAttempt({ image: "shop/test:1" }));
    const families = inputs("RegisterTaskDefinition").map(({ family }) => family);
    expect(new Set(families).size).toBe(2);
    expect(families).toEqual([expect.stringMatching(/^sluice-[0-9a-f]{32}$/), expect.anything()]);
  });

  test("the task is told the nonce and nothing else, and its tokens come from the attempt", async () => {
    const { executor, inputs } = shopEcs();
    const attempt = buildAttempt();
    await executor.start(attempt);
    const [run] = inputs("RunTask");
    expect(run).toMatchObject({
      launchType: "FARGATE",
      count: 1,
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: ["subnet-1", "subnet-2"],
          securityGroups: ["sg-1"],
          assignPublicIp: "DISABLED",
        },
      },
      clientToken: expect.stringMatching(/^[0-9a-f]{64}$/),
      startedBy: expect.stringMatching(/^sluice-[0-9a-f]{32}$/),
      overrides: {
        containerOverrides: [
          {
            name: "agent",
            environment: [AGENT_ENVIRONMENT.api, AGENT_ENVIRONMENT.attempt, AGENT_ENVIRONMENT.nonce].map((name) => ({
              name,
              value: attempt.agentEnvironment[name],
            })),
          },
        ],
      },
    });
    expect(Object.keys(run?.["overrides"] ?? {})).toEqual(["containerOverrides"]);
  });

  test("uses capacity providers where there are some", async () => {
    const capacityProviders = [
      { name: "FARGATE", weight: 0, base: 1 },
      { name: "FARGATE_SPOT", weight: 3, base: 0 },
    ];
    const { executor, inputs } = shopEcs({ capacityProviders });
    await executor.start(buildAttempt());
    expect(inputs("RunTask")[0]).not.toHaveProperty("launchType");
    expect(inputs("RunTask")[0]).toMatchObject({
      capacityProviderStrategy: [
        { capacityProvider: "FARGATE", weight: 0, base: 1 },
        { capacityProvider: "FARGATE_SPOT", weight: 3, base: 0 },
      ],
    });
  });

  test("on instances has no public address, for which ECS would refuse it", async () => {
    const { executor, inputs } = shopEcs({ launch: "ec2", securityGroups: [] });
    await executor.start(buildAttempt());
    expect(inputs("RunTask")[0]).toMatchObject({ launchType: "EC2" });
    expect(inputs("RunTask")[0]?.["networkConfiguration"]).toEqual({
      awsvpcConfiguration: { subnets: ["subnet-1", "subnet-2"] },
    });
  });

  test("registers a task definition once for calls at the same time", async () => {
    const { executor, inputs } = shopEcs();
    await Promise.all([1, 2, 3].map((n) => executor.start(buildAttempt({ attemptId: `run-1.build.${n}` }))));
    expect(inputs("RegisterTaskDefinition")).toHaveLength(1);
  });

  test("takes its task definition back where another sandbox was faster", async () => {
    const { ecs, executor, inputs } = shopEcs();
    const other = createEcsExecutor({ name: "build", client: ecs.client, configuration: SHOP_ECS });
    await Promise.all([executor.create(buildAttempt()), other.create(buildAttempt())]);
    expect(inputs("RegisterTaskDefinition")).toHaveLength(2);
    expect(inputs("DeregisterTaskDefinition")).toEqual([
      { taskDefinition: expect.stringMatching(/^sluice-[0-9a-f]{32}:2$/) },
    ]);
    expect(ecs.activeRevisions()).toEqual([1]);
    await executor.start(buildAttempt());
    expect(ecs.tasks.size).toBe(1);
  });

  test("a task definition that could not be registered is tried again", async () => {
    const { ecs, executor, inputs } = shopEcs();
    ecs.answerOnce("RegisterTaskDefinition", 400, { __type: "ThrottlingException", message: "Rate exceeded" });
    await expect(executor.create(buildAttempt())).rejects.toMatchObject({ name: "Sluice.Retryable" });
    await executor.create(buildAttempt());
    expect(inputs("RegisterTaskDefinition")).toHaveLength(2);
  });

  test("a handle that is known starts nothing", async () => {
    const { ecs, executor } = shopEcs();
    expect(await executor.start(buildAttempt({ handle: "arn:task" }))).toBe("arn:task");
    expect(ecs.calls).toEqual([]);
  });
});

describe("what the author is told", () => {
  test("is where the log of an attempt is, once its task is known", () => {
    const { executor } = shopEcs();
    expect(executor.log?.({ attemptId: "run-1.build.1" })).toBeUndefined();
    const handle = "arn:aws:ecs:eu-west-1:123456789012:task/shop/0123abcd";
    expect(executor.log?.({ attemptId: "run-1.build.1", handle })).toEqual({
      region: "eu-west-1",
      group: "/sluice/attempts",
      stream: "agent/agent/0123abcd",
    });
  });

  test("is the size that Fargate has in place of the one that was asked for", () => {
    const { executor } = shopEcs();
    expect(executor.allotment?.({ resources: { cpu: 1, memoryMb: 2048, diskMb: 30_000 } })).toBe(
      "1 vCPU, 3072 MB of memory, 30 GiB of disk: the smallest size of Fargate that has 1 vCPU and 2048 MB, beside 256 MB for the agent",
    );
  });

  test("is nothing on instances, which give what is asked for; but of the disk", () => {
    const { executor } = shopEcs({ launch: "ec2" });
    expect(executor.allotment?.({ resources: { cpu: 1, memoryMb: 2048 } })).toBeUndefined();
    expect(executor.allotment?.({ resources: { diskMb: 9000 } })).toContain(
      "9000 MB that it asks for are not reserved",
    );
  });
});

describe("faults", () => {
  test.each([
    ["Sluice.Retryable", 200, { tasks: [], failures: [{ reason: "RESOURCE:MEMORY", arn: "arn:instance" }] }],
    ["Sluice.Retryable", 200, { tasks: [], failures: [{ reason: "AGENT" }] }],
    [
      "Sluice.Retryable",
      200,
      { tasks: [], failures: [{ reason: "Capacity is unavailable at this time. Please try again later." }] },
    ],
    ["Sluice.Retryable", 400, { __type: "ThrottlingException", message: "Rate exceeded" }],
    ["Sluice.Retryable", 500, { __type: "ServerException", message: "Service Unavailable" }],
    ["Sluice.Retryable", 400, { __type: "ClientException", message: "Capacity is unavailable at this time." }],
    [
      "Sluice.Retryable",
      400,
      {
        __type: "ClientException",
        message: "You've reached the limit on the number of tasks you can run concurrently",
      },
    ],
    ["Sluice.ActionFailed", 200, { tasks: [], failures: [{ reason: "ATTRIBUTE", detail: "ecs.os-type" }] }],
    ["Sluice.ActionFailed", 200, { tasks: [], failures: [] }],
    ["Sluice.ActionFailed", 400, { __type: "ClusterNotFoundException", message: "Cluster not found." }],
    ["Sluice.ActionFailed", 400, { __type: "AccessDeniedException", message: "not allowed" }],
  ])("%s for %i %j", async (name, status, body) => {
    const { ecs, executor } = shopEcs();
    ecs.answerOnce("RunTask", status, body);
    const error = await executor.start(buildAttempt()).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ name, message: expect.stringContaining("ECS RunTask") });
  });

  test("a network that fails is retryable", async () => {
    const { ecs, executor } = shopEcs();
    const broken = { send: async () => Promise.reject(Object.assign(new Error("reset"), { code: "ECONNRESET" })) };
    const failing = createEcsExecutor({ name: "build", client: broken, configuration: SHOP_ECS });
    await expect(failing.status(buildAttempt())).rejects.toMatchObject({ name: "Sluice.Retryable" });
    expect(await executor.status(buildAttempt())).toEqual({ phase: "unknown" });
    ecs.client.destroy();
  });
});

describe("stopping", () => {
  test("a task that is known takes one call, and one that ECS has forgotten is no fault", async () => {
    const { ecs, executor, inputs } = shopEcs();
    const handle = await executor.start(buildAttempt());
    const before = ecs.calls.length;
    await executor.cancel(buildAttempt({ handle }), "the run was cancelled");
    expect(ecs.calls.slice(before).map(({ operation }) => operation)).toEqual(["StopTask"]);
    await executor.remove(buildAttempt({ handle: "arn:aws:ecs:eu-west-1:123456789012:task/shop/gone" }));
    expect(inputs("StopTask")).toHaveLength(2);
  });

  test("that is throttled is tried again by whoever wants it", async () => {
    const { ecs, executor } = shopEcs();
    const handle = await executor.start(buildAttempt());
    ecs.answerOnce("StopTask", 400, { __type: "ThrottlingException", message: "Rate exceeded" });
    await expect(executor.cancel(buildAttempt({ handle }), "no")).rejects.toMatchObject({ name: "Sluice.Retryable" });
  });
});

describe("status", () => {
  test.each([
    ["PROVISIONING", {}, { phase: "queued", reason: "PROVISIONING" }],
    ["PENDING", {}, { phase: "queued", reason: "PENDING" }],
    ["RUNNING", {}, { phase: "running" }],
    ["DEACTIVATING", {}, { phase: "running" }],
    [
      "STOPPED",
      {
        stopCode: "TaskFailedToStart",
        stoppedReason: "Task failed to start",
        containers: [{ name: "agent" }, { name: "main", exitCode: 1 }],
      },
      { phase: "ended", exitCode: 1, cause: "notStarted", reason: "TaskFailedToStart; Task failed to start" },
    ],
  ])("of a task that is %s", async (lastStatus, more, expected) => {
    const { ecs, executor } = shopEcs();
    const handle = await executor.start(buildAttempt());
    ecs.setStatus(lastStatus, more);
    expect(await executor.status(buildAttempt({ handle }))).toEqual(expected);
    expect(await executor.inspect(buildAttempt({ handle }))).toContain(lastStatus);
  });
});
