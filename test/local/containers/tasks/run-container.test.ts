import { RegisterTaskDefinitionCommand, RunTaskCommand } from "@aws-sdk/client-ecs";
import { describe, expect, test } from "vitest";
import { until } from "../../../until.ts";
import { openShop } from "../shop-containers.ts";
import { bake, OVEN } from "./bakery.ts";

describe("memory and processors", () => {
  test.each([
    [{ memory: 300 }, {}, 300],
    [{}, { memoryReservation: 256 }, 768],
    [{}, { memory: 124 }, 900],
    [{}, {}, 1024],
  ])("%j beside %j gets %i MiB of 1024", async (own, other, expected) => {
    const { running, engine, stop } = await bake(
      [
        { ...OVEN, ...own },
        { name: "timer", image: "shop/timer:1", essential: false, ...other },
      ],
      { memory: "1024" },
    );
    await running("oven");
    expect(engine.container("oven").specification).toMatchObject({ memoryMb: expected, cpuShares: 512 });
    await stop();
  });

  test("without a size there is no limit", async () => {
    const { running, engine, stop } = await bake([OVEN]);
    await running("oven");
    expect(engine.container("oven").specification).not.toHaveProperty("memoryMb");
    expect(engine.container("oven").specification).not.toHaveProperty("cpuShares");
    await stop();
  });
});

test("containers are told what Fargate tells them, and overrides win", async () => {
  const { client, engine } = openShop();
  const environment = [{ name: "HEAT", value: "180" }];
  await client.send(
    new RegisterTaskDefinitionCommand({
      family: "bake",
      containerDefinitions: [
        {
          ...OVEN,
          environment: [...environment, { name: "FAN", value: "on" }],
          entryPoint: ["/bin/bake"],
          command: ["bread"],
          user: "1000:1000",
          workingDirectory: "/work",
          readonlyRootFilesystem: true,
          linuxParameters: { initProcessEnabled: true },
        },
      ],
    }),
  );
  const containerOverrides = [{ name: "oven", environment: [{ name: "HEAT", value: "200" }] }];
  await client.send(new RunTaskCommand({ cluster: "shop", taskDefinition: "bake", overrides: { containerOverrides } }));
  await until(() => engine.has("oven"));
  expect(engine.container("oven").specification).toMatchObject({
    entryPoint: ["/bin/bake"],
    command: ["bread"],
    user: "1000:1000",
    workingDirectory: "/work",
    readOnlyRoot: true,
    init: true,
    environment: {
      HEAT: "200",
      FAN: "on",
      AWS_REGION: "us-east-1",
      AWS_EXECUTION_ENV: "AWS_ECS_FARGATE",
      ECS_CONTAINER_METADATA_URI_V4: expect.stringMatching(/^http:\/\/127\.0\.0\.1:8080\/v4\/[0-9a-f]{32}$/),
    },
  });
});
