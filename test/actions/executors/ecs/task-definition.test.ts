import { describe, expect, test } from "vitest";
import { taskDefinition } from "../../../../actions/executors/ecs/task-definition.ts";
import { SHOP_ECS } from "./scripted-ecs.ts";

const attempt = { image: "shop/build:1", resources: { cpu: 1, memoryMb: 2048 } };

describe("taskDefinition", () => {
  test("has an essential agent and the user's image under the wrapper, on one volume", () => {
    const definition = taskDefinition(SHOP_ECS, attempt);
    expect(definition).toMatchObject({
      requiresCompatibilities: ["FARGATE"],
      cpu: "1024",
      memory: "3072",
      containerDefinitions: [
        { name: "agent", essential: true, image: "shop/agent:1" },
        { name: "main", essential: false, image: "shop/build:1", entryPoint: ["/bin/sh", "-c"] },
      ],
    });
    const mounts = definition.containerDefinitions?.map(({ mountPoints }) => mountPoints);
    expect(mounts?.[0]).toEqual(mounts?.[1]);
    // The wrapper is process 1 of its own PID namespace; anything else would let it reach strangers.
    expect(definition.pidMode).toBeUndefined();
    expect(JSON.stringify(definition)).not.toContain("initProcessEnabled");
  });

  test("gives equal content one family, and other content another", () => {
    const { family } = taskDefinition(SHOP_ECS, attempt);
    expect(taskDefinition({ ...SHOP_ECS }, { ...attempt }).family).toBe(family);
    expect(taskDefinition(SHOP_ECS, { ...attempt, resources: { cpu: 2 } }).family).not.toBe(family);
    expect(taskDefinition({ ...SHOP_ECS, agentImage: "shop/agent:2" }, attempt).family).not.toBe(family);
  });

  test("asks for disk beyond the free 20 GiB only", () => {
    const storage = (diskMb: number) =>
      taskDefinition(SHOP_ECS, { ...attempt, resources: { diskMb } }).ephemeralStorage;
    expect(storage(20 * 1024)).toBeUndefined();
    expect(storage(20 * 1024 + 1)).toEqual({ sizeInGiB: 21 });
    expect(storage(100 * 1024)).toEqual({ sizeInGiB: 100 });
  });

  test.each([
    ["no image", { image: undefined, resources: {} }, "The action names no image"],
    ["too much CPU", { image: "x", resources: { cpu: 64 } }, "Fargate has no task with 64 vCPU"],
    ["too much disk", { image: "x", resources: { diskMb: 300 * 1024 } }, "at most 200"],
  ])("%s is a terminal error", (_what, wrong, message) => {
    expect(() => taskDefinition(SHOP_ECS, wrong)).toThrow(
      expect.objectContaining({ name: "Sluice.ActionFailed", message: expect.stringContaining(message) }),
    );
  });
});
