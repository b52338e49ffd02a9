/** CPU units and MiB of memory of a task, as ECS wants them: strings. */
export interface FargateSize {
  readonly cpu: string;
  readonly memory: string;
}

interface Row {
  /** 1024 units are one vCPU. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: readonly number[];
}

const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);

/** What Fargate offers. Source: AWS, "Fargate task definition parameters", task size; reference/aws.md 3.9. */
export const FARGATE_SIZES: readonly Row[] = [
  { cpu: 256, memory: [512, 1024, 2048] },
  { cpu: 512, memory: range(1024, 4096, 1024) },
  { cpu: 1024, memory: range(2048, 8192, 1024) },
  { cpu: 2048, memory: range(4096, 16_384, 1024) },
  { cpu: 4096, memory: range(8192, 30_720, 1024) },
  { cpu: 8192, memory: range(16_384, 61_440, 4096) },
  { cpu: 16_384, memory: range(32_768, 122_880, 8192) },
];

/**
 * The smallest size that has at least `cpu` vCPU and `memoryMb` MiB: first the least CPU that allows so much memory,
 * then the least memory. `undefined` when Fargate has none that large.
 */
export function fargateSize(cpu: number, memoryMb: number): FargateSize | undefined {
  for (const row of FARGATE_SIZES) {
    const memory = row.cpu >= cpu * 1024 ? row.memory.find((offered) => offered >= memoryMb) : undefined;
    if (memory !== undefined) {
      return { cpu: String(row.cpu), memory: String(memory) };
    }
  }
  return undefined;
}
