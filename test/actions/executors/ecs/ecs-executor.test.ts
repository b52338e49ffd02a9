import { describe, expect, test } from "vitest";
import { createEcsExecutor, type EcsExecutorConfiguration } from "../../../../actions/index.ts";
import { AGENT_ENVIRONMENT } from "../../../../agent/protocol.ts";
import { buildAttempt, describeExecutorContract } from "../contract.ts";
import { createScriptedEcs, SHOP_ECS } from "./scripted-ecs.ts";

describeExecutorContract("ecs", async () => {
  const ecs = createScriptedEcs();
  return {
    executor: createEcsExecutor({ client: ecs.client, configuration: SHOP_ECS }),
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
  const executor = createEcsExecutor({ client: ecs.client, configuration: { ...SHOP_ECS, ...configuration } });
  const inputs = (operation: string) =>
    ecs.calls.filter((call) => call.operation === operation).map(({ input }) => input);
  return { ecs, executor, inputs };
}

describe("starting a task", () => {
  test("registers a task definition once for equal content, also for another executor", async () => {
    const { ecs, executor, inputs } = shopEcs();
    await executor.create(buildAttempt());
    await executor.start(buildAttempt({ attemptId: "run-1.build.2" }));
    await createEcsExecutor({ client: ecs.client, configuration: SHOP_ECS }).create(buildAttempt());
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
    const { executor, inputs } = shopEcs({ capacityProviders: [{ name: "FARGATE_SPOT", weight: 3 }] });
    await executor.start(buildAttempt());
    expect(inputs("RunTask")[0]).not.toHaveProperty("launchType");
    expect(inputs("RunTask")[0]).toMatchObject({
      capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 3 }],
    });
  });

  test("a handle that is known starts nothing", async () => {
    const { ecs, executor } = shopEcs();
    expect(await executor.start(buildAttempt({ handle: "arn:task" }))).toBe("arn:task");
    expect(ecs.calls).toEqual([]);
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
    const failing = createEcsExecutor({ client: broken, configuration: SHOP_ECS });
    await expect(failing.status(buildAttempt())).rejects.toMatchObject({ name: "Sluice.Retryable" });
    expect(await executor.status(buildAttempt())).toEqual({ phase: "unknown" });
    ecs.client.destroy();
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
        stoppedReason: "CannotPullContainerError",
        containers: [{ name: "agent" }, { name: "main", exitCode: 137, reason: "OutOfMemoryError" }],
      },
      { phase: "ended", exitCode: 137, reason: "TaskFailedToStart: CannotPullContainerError: OutOfMemoryError" },
    ],
  ])("of a task that is %s", async (lastStatus, more, expected) => {
    const { ecs, executor } = shopEcs();
    const handle = await executor.start(buildAttempt());
    ecs.setStatus(lastStatus, more);
    expect(await executor.status(buildAttempt({ handle }))).toEqual(expected);
    expect(await executor.inspect(buildAttempt({ handle }))).toContain(lastStatus);
  });
});
