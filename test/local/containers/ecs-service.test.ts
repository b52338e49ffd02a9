import {
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
} from "@aws-sdk/client-ecs";
import { describe, expect, test } from "vitest";
import { until } from "../../until.ts";
import { openShop, type ShopContainers } from "./shop-containers.ts";

const BAKE: RegisterTaskDefinitionCommandInput = {
  family: "bake",
  containerDefinitions: [{ name: "oven", image: "shop/oven:1" }],
};
const RUN: RunTaskCommandInput = { cluster: "shop", taskDefinition: "bake" };

async function withDefinition(definition = BAKE): Promise<ShopContainers> {
  const shop = openShop();
  await shop.client.send(new RegisterTaskDefinitionCommand(definition));
  return shop;
}

describe("task definitions", () => {
  test("get a revision each time, and are found by family, revision and ARN", async () => {
    const { client } = await withDefinition();
    const { taskDefinition } = await client.send(new RegisterTaskDefinitionCommand(BAKE));
    expect(taskDefinition).toMatchObject({ family: "bake", revision: 2, status: "ACTIVE" });
    const arn = taskDefinition?.taskDefinitionArn ?? "";
    expect(arn).toBe("arn:aws:ecs:us-east-1:000000000000:task-definition/bake:2");
    for (const [name, revision] of [
      ["bake", 2],
      ["bake:1", 1],
      [arn, 2],
    ] as const) {
      const found = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition: name }));
      expect(found.taskDefinition?.revision).toBe(revision);
    }
    const { taskDefinitionArns } = await client.send(new ListTaskDefinitionsCommand({ familyPrefix: "bake" }));
    expect(taskDefinitionArns).toHaveLength(2);
    expect((await client.send(new ListTaskDefinitionsCommand({}))).taskDefinitionArns).toHaveLength(2);
  });

  test.each(["cake", "bake:7", "bake:x"])("%s is not there", async (taskDefinition) => {
    const { client } = await withDefinition();
    await expect(client.send(new DescribeTaskDefinitionCommand({ taskDefinition }))).rejects.toMatchObject({
      name: "ClientException",
      message: "Unable to describe task definition.",
    });
  });

  const oven = { name: "oven", image: "shop/oven:1" };
  const helper = { name: "helper", image: "shop/helper:1" };
  test.each([
    [{ containerDefinitions: [] }, /containerDefinitions/],
    [{ containerDefinitions: [oven, oven] }, /unique/],
    [{ containerDefinitions: [{ ...oven, essential: false }] }, /At least one container must be essential/],
    [
      { containerDefinitions: [{ ...oven, mountPoints: [{ sourceVolume: "tray", containerPath: "/tray" }] }] },
      /Unknown volume 'tray' of container 'oven'/,
    ],
    [
      { containerDefinitions: [{ ...oven, dependsOn: [{ containerName: "cook", condition: "START" as const }] }] },
      /no other container/,
    ],
    [
      {
        containerDefinitions: [
          helper,
          { ...oven, dependsOn: [{ containerName: "helper", condition: "SUCCESS" as const }] },
        ],
      },
      /essential, so none can depend on its end/,
    ],
    [
      {
        containerDefinitions: [
          helper,
          { ...oven, dependsOn: [{ containerName: "helper", condition: "HEALTHY" as const }] },
        ],
      },
      /no health check/,
    ],
    [
      {
        containerDefinitions: [
          { ...helper, dependsOn: [{ containerName: "oven", condition: "START" as const }] },
          { ...oven, dependsOn: [{ containerName: "helper", condition: "START" as const }] },
        ],
      },
      /cycle/,
    ],
    // What is not supported is refused, never ignored.
    [{ containerDefinitions: [{ ...oven, privileged: true }] }, /privileged/],
    [{ ...BAKE, volumes: [{ name: "tray", host: { sourcePath: "/etc" } }] }, /host/],
  ])("%j is refused", async (change, message) => {
    const { client } = openShop();
    const sent = client.send(new RegisterTaskDefinitionCommand({ ...BAKE, ...change }));
    await expect(sent).rejects.toMatchObject({ name: "ClientException", message: expect.stringMatching(message) });
  });
});

describe("RunTask", () => {
  test("answers a task at once, which DescribeTasks and ListTasks show", async () => {
    const { client } = await withDefinition();
    const { tasks = [], failures } = await client.send(
      new RunTaskCommand({ ...RUN, startedBy: "baker", overrides: { containerOverrides: [{ name: "oven" }] } }),
    );
    expect(failures).toEqual([]);
    const taskArn = tasks[0]?.taskArn ?? "";
    expect(taskArn).toMatch(/^arn:aws:ecs:us-east-1:000000000000:task\/shop\/[0-9a-f]{32}$/);
    const id = taskArn.split("/").at(-1) ?? "";
    const missing = "arn:aws:ecs:us-east-1:000000000000:task/shop/none";
    const described = await client.send(new DescribeTasksCommand({ cluster: "shop", tasks: [id, "none"] }));
    expect(described).toMatchObject({
      tasks: [
        {
          taskArn,
          startedBy: "baker",
          group: "family:bake",
          createdAt: expect.any(Date),
          containers: [{ name: "oven", image: "shop/oven:1" }],
        },
      ],
      failures: [{ arn: missing, reason: "MISSING" }],
    });
    const query = { cluster: "arn:aws:ecs:us-east-1:000000000000:cluster/shop" };
    for (const [filter, count] of [
      [{}, 1],
      [{ startedBy: "baker" }, 1],
      [{ startedBy: "cook" }, 0],
      [{ family: "cake" }, 0],
      [{ desiredStatus: "STOPPED" }, 0],
    ] as const) {
      expect((await client.send(new ListTasksCommand({ ...query, ...filter }))).taskArns).toHaveLength(count);
    }
  });

  test("is idempotent by its client token, and tells another request the task that it was used for", async () => {
    const { client } = await withDefinition();
    const request = { ...RUN, clientToken: "today's bread" };
    const first = await client.send(new RunTaskCommand(request));
    const again = await client.send(new RunTaskCommand(request));
    const taskArn = first.tasks?.[0]?.taskArn;
    expect(again.tasks?.[0]?.taskArn).toBe(taskArn);
    await expect(client.send(new RunTaskCommand({ ...request, startedBy: "cook" }))).rejects.toMatchObject({
      name: "ConflictException",
      resourceIds: [taskArn],
    });
  });

  test("starts several, which are listed page by page", async () => {
    const { client } = await withDefinition();
    expect((await client.send(new RunTaskCommand({ ...RUN, count: 3 }))).tasks).toHaveLength(3);
    const first = await client.send(new ListTasksCommand({ cluster: "shop", maxResults: 2 }));
    expect(first.taskArns).toHaveLength(2);
    const second = await client.send(
      new ListTasksCommand({ cluster: "shop", maxResults: 2, nextToken: first.nextToken }),
    );
    expect(second.taskArns).toHaveLength(1);
    expect(second.nextToken).toBeUndefined();
  });

  test.each([
    [{ cluster: "bakery" }, "ClusterNotFoundException", /Cluster not found/],
    [{ taskDefinition: "cake" }, "ClientException", /Unable to describe/],
    [{ overrides: { cpu: "256" } }, "ClientException", /cpu/],
    [{ overrides: { containerOverrides: [{ name: "cook" }] } }, "InvalidParameterException", /cook/],
    [
      { overrides: { containerOverrides: [{ name: "oven", environment: [{ name: "A", value: "a".repeat(8192) }] }] } },
      "InvalidParameterException",
      /8192/,
    ],
  ])("%j is refused", async (change, name, message) => {
    const { client } = await withDefinition();
    const sent = client.send(new RunTaskCommand({ ...RUN, ...change }));
    await expect(sent).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  });
});

describe("StopTask", () => {
  test("stops with a reason, and again without effect", async () => {
    const { client, engine, events } = await withDefinition();
    const { tasks = [] } = await client.send(new RunTaskCommand(RUN));
    const task = tasks[0]?.taskArn ?? "";
    await until(() => engine.has("oven") && engine.container("oven").isRunning);
    const stopped = await client.send(new StopTaskCommand({ cluster: "shop", task, reason: "burnt" }));
    expect(stopped.task).toMatchObject({ desiredStatus: "STOPPED", stopCode: "UserInitiated", stoppedReason: "burnt" });
    await client.send(new StopTaskCommand({ cluster: "shop", task }));
    await until(() => events.at(-1)?.detail["lastStatus"] === "STOPPED");
    const described = await client.send(new DescribeTasksCommand({ cluster: "shop", tasks: [task] }));
    expect(described.tasks?.[0]).toMatchObject({
      lastStatus: "STOPPED",
      stoppedReason: "burnt",
      containers: [{ name: "oven", lastStatus: "STOPPED", exitCode: 143 }],
    });
  });

  test("knows no task of another name", async () => {
    const { client } = await withDefinition();
    await expect(client.send(new StopTaskCommand({ cluster: "shop", task: "none" }))).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: "The referenced task was not found.",
    });
  });
});

test("a stopped task is shown for an hour", async () => {
  const { client, clock, engine } = await withDefinition();
  const { tasks = [] } = await client.send(new RunTaskCommand(RUN));
  const task = tasks[0]?.taskArn ?? "";
  await until(() => engine.has("oven") && engine.container("oven").isRunning);
  engine.container("oven").end({});
  await until(() => !engine.has("oven"));
  await clock.advance(3_599_000);
  await client.send(new RunTaskCommand(RUN));
  expect((await client.send(new DescribeTasksCommand({ cluster: "shop", tasks: [task] }))).tasks).toHaveLength(1);
  await clock.advance(2_000);
  await client.send(new RunTaskCommand(RUN));
  expect((await client.send(new DescribeTasksCommand({ cluster: "shop", tasks: [task] }))).tasks).toHaveLength(0);
});
