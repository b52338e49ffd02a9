import { describe, expect, test } from "vitest";
import { taskDefinition } from "../../../../actions/executors/ecs/task-definition.ts";
import { SHOP_ECS } from "./scripted-ecs.ts";

const attempt = { image: "shop/build:1", resources: { cpu: 1, memoryMb: 2048 } };

describe("taskDefinition", () => {
  test("has an essential agent and the user's image under the wrapper, on one volume", () => {
    const definition = taskDefinition(SHOP_ECS, attempt);
    expect(definition).toMatchObject({
      requiresCompatibilities: ["FARGATE"],
      runtimePlatform: { cpuArchitecture: "X86_64", operatingSystemFamily: "LINUX" },
      cpu: "1024",
      memory: "3072",
      containerDefinitions: [
        { name: "agent", essential: true, image: "shop/agent:1", memoryReservation: 256 },
        // All that the task has but the agent's part: an action without enough memory kills itself, not its agent.
        { name: "main", essential: false, image: "shop/build:1", entryPoint: ["/bin/sh", "-c"], memory: 2816 },
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

  test.each([
    ["ec2", "EC2"],
    ["managedInstances", "MANAGED_INSTANCES"],
  ] as const)("on %s reserves what the action asks for, and names no size of a task", (launch, compatibility) => {
    const definition = taskDefinition({ ...SHOP_ECS, launch, architecture: "ARM64" }, attempt);
    expect(definition).toMatchObject({
      requiresCompatibilities: [compatibility],
      runtimePlatform: { cpuArchitecture: "ARM64" },
      containerDefinitions: [
        { name: "agent", memoryReservation: 256 },
        { name: "main", cpu: 1024, memory: 2048 },
      ],
    });
    expect(definition).not.toHaveProperty("cpu");
    expect(definition).not.toHaveProperty("memory");
  });

  test("on instances an action that may use more CPU reserves what it asks for alone", () => {
    const reserved = (resources: object) =>
      taskDefinition({ ...SHOP_ECS, launch: "ec2" }, { image: "x", resources }).containerDefinitions?.[1]?.cpu;
    expect(reserved({ cpu: 0.25, maxCpu: 4 })).toBe(256);
    expect(reserved({ maxCpu: 4 })).toBe(512);
    expect(reserved({ cpu: 0.001 })).toBe(2);
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
    ["too much CPU", { image: "x", resources: { cpu: 64 } }, "Fargate has no task with 64 vCPU and 2048 MB"],
    ["too much disk", { image: "x", resources: { diskMb: 300 * 1024 } }, "at most 200"],
  ])("%s is a terminal error", (_what, wrong, message) => {
    expect(() => taskDefinition(SHOP_ECS, wrong)).toThrow(
      expect.objectContaining({ name: "Sluice.ActionFailed", message: expect.stringContaining(message) }),
    );
  });
});
