import type { AttemptSpecification } from "../executor.ts";
import { TerminalExecutorError } from "../executor-error.ts";
import type { EcsExecutorConfiguration } from "./contract.ts";
import { fargateSize } from "./fargate-size.ts";

/** What the agent needs beside the user's container, in MiB. */
export const AGENT_MEMORY_MB = 256;
/** Size of an action that names none. Source: reference/erda.md 1.12. */
const DEFAULT_RESOURCES = { cpu: 0.5, memoryMb: 2048 } as const;
/** Ephemeral storage of Fargate in GiB: free up to the first, at most the second. Source: reference/aws.md 3.9. */
const STORAGE_GIB = { free: 20, least: 21, most: 200 } as const;
/** The least that Docker gives a container in CPU units. Source: API reference of ECS, ContainerDefinition. */
const LEAST_CPU_UNITS = 2;

/** What a task and its container `main` get. CPU in units (1024 are one vCPU), memory in MiB. */
export interface TaskSize {
  /** Size of the whole task; absent where its containers' reservations count. */
  readonly task?: { readonly cpu: string; readonly memory: string };
  readonly main: { readonly cpu?: number; readonly memory: number };
  readonly ephemeralStorageGib?: number;
  /** For the author, where it is not what was asked for. */
  readonly note?: string;
}

/**
 * The size for what an action asks for. On Fargate the next one that it offers, for all of which the action pays, so
 * that `main` gets all but the agent's part. On instances a reservation: `cpu` may be exceeded where the instance has
 * some to spare, `mem` may not. The limit on `main` alone keeps an action without enough memory from killing its agent,
 * which is to tell of it. Throws `TerminalExecutorError` beyond the sizes of Fargate.
 */
export function taskSize(
  { launch }: Pick<EcsExecutorConfiguration, "launch">,
  resources: AttemptSpecification["resources"],
): TaskSize {
  const cpu = Math.max(resources.cpu ?? DEFAULT_RESOURCES.cpu, resources.maxCpu ?? 0);
  const memoryMb = resources.memoryMb ?? DEFAULT_RESOURCES.memoryMb;
  if (launch !== "fargate") {
    const reserved = resources.cpu ?? Math.min(DEFAULT_RESOURCES.cpu, cpu);
    return {
      main: { cpu: Math.max(LEAST_CPU_UNITS, Math.round(reserved * 1024)), memory: Math.ceil(memoryMb) },
      ...(resources.diskMb !== undefined && {
        note: `the disk of its instance; the ${resources.diskMb} MB that it asks for are not reserved`,
      }),
    };
  }
  const task = fargateSize(cpu, memoryMb + AGENT_MEMORY_MB);
  if (task === undefined) {
    throw new TerminalExecutorError(
      `Fargate has no task with ${cpu} vCPU and ${memoryMb} MB of memory (and ${AGENT_MEMORY_MB} MB for the agent); ` +
        'it has at most 16 vCPU and 120 GB. Lower "resources", or name an executor that runs on instances.',
    );
  }
  const storage = ephemeralStorage(resources.diskMb);
  const given = `${Number(task.cpu) / 1024} vCPU, ${task.memory} MB of memory, ${storage ?? STORAGE_GIB.free} GiB of disk`;
  const asked = `${cpu} vCPU and ${memoryMb} MB, beside ${AGENT_MEMORY_MB} MB for the agent`;
  return {
    task,
    main: { memory: Number(task.memory) - AGENT_MEMORY_MB },
    ...(storage !== undefined && { ephemeralStorageGib: storage }),
    note: `${given}: the smallest size of Fargate that has ${asked}`,
  };
}

function ephemeralStorage(diskMb = 0): number | undefined {
  const gib = Math.ceil(diskMb / 1024);
  if (gib > STORAGE_GIB.most) {
    throw new TerminalExecutorError(
      `Fargate has no task with ${gib} GiB of disk; at most ${STORAGE_GIB.most}. Lower "resources.disk".`,
    );
  }
  return gib <= STORAGE_GIB.free ? undefined : Math.max(gib, STORAGE_GIB.least);
}
