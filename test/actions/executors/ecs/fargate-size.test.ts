import { describe, expect, test } from "vitest";
import { FARGATE_SIZES, fargateSize } from "../../../../actions/executors/ecs/fargate-size.ts";

describe("fargateSize", () => {
  test.each([
    // vCPU, MiB -> CPU units, MiB
    [0.1, 100, "256", "512"],
    [0.25, 512, "256", "512"],
    [0.25, 513, "256", "1024"],
    [0.25, 2049, "512", "3072"],
    [0.5, 2304, "512", "3072"],
    [1, 100, "1024", "2048"],
    [1, 8193, "2048", "9216"],
    [3, 9000, "4096", "9216"],
    [4, 30_721, "8192", "32768"],
    [8, 61_440, "8192", "61440"],
    [16, 122_880, "16384", "122880"],
  ])("%d vCPU and %d MiB", (cpu, memory, expectedCpu, expectedMemory) => {
    expect(fargateSize(cpu, memory)).toEqual({ cpu: expectedCpu, memory: expectedMemory });
  });

  test("has no size beyond the largest", () => {
    expect(fargateSize(16.1, 512)).toBeUndefined();
    expect(fargateSize(1, 122_881)).toBeUndefined();
  });

  test("answers every size that Fargate offers for itself", () => {
    for (const { cpu, memory } of FARGATE_SIZES) {
      for (const offered of memory) {
        expect(fargateSize(cpu / 1024, offered)).toEqual({ cpu: String(cpu), memory: String(offered) });
      }
    }
  });
});
