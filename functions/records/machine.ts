import * as z from "zod";
import type { Runtime } from "../runtime.ts";
import { absent, all, any, below, equals } from "./condition.ts";
import { machineKey } from "./keys.ts";
import { deleteItem, getItem, queryDue, updateItem } from "./table.ts";

const machineRecord = z.object({
  name: z.string(),
  stateMachineArn: z.string(),
  /** SHA-256 (hex) of everything that the machine was made of: definition, role, logging, key. */
  contentHash: z.string(),
  /** Milliseconds since the epoch, exact to a day. */
  lastUsedAt: z.number(),
  /** When `collect-machines` last began to delete it (ms); from then on nobody may start anything on it. */
  deletingAt: z.number().optional(),
});

/** A state machine that a submission has made. It is recorded after it was made and forgotten after it was deleted. */
export type MachineRecord = Readonly<z.infer<typeof machineRecord>>;

/**
 * Lambda ends a function after 15 minutes: who began to delete a machine before that has crashed, and the machine is
 * whoever's who wants it.
 */
const DELETING_MS = 15 * 60 * 1000;

/** `living` of machines: `checkAt` is when one may be unused. */
export const LIVING_MACHINE = "machine";

/** Reads the record of a machine. */
export async function readMachineRecord(runtime: Runtime, name: string): Promise<MachineRecord | undefined> {
  const item = await getItem(runtime, machineKey(name));
  return item && machineRecord.parse(item);
}

/** Notes that a machine exists and is used; answers false where it is being deleted. `checkAt` is when it may be unused. */
export async function writeMachineRecord(
  runtime: Runtime,
  machine: Omit<MachineRecord, "deletingAt">,
  checkAt: number,
): Promise<boolean> {
  const written = await updateItem(
    runtime,
    machineKey(machine.name),
    { set: { ...machine, living: LIVING_MACHINE, checkAt }, remove: ["deletingAt"] },
    any(absent("deletingAt"), below("deletingAt", machine.lastUsedAt - DELETING_MS)),
  );
  return written !== undefined;
}

/** Marks a machine that nobody has used since it was read; answers false where somebody has. */
export function markDeleting(runtime: Runtime, machine: MachineRecord, now: number): Promise<boolean> {
  return changeMachine(runtime, machine, { deletingAt: now });
}

/** Looks at a machine again later. */
export function postponeMachine(runtime: Runtime, machine: MachineRecord, checkAt: number): Promise<boolean> {
  return changeMachine(runtime, machine, { checkAt });
}

/** Forgets a machine that was deleted by who marked it at this time. */
export function forgetMachine(runtime: Runtime, name: string, deletingAt: number): Promise<boolean> {
  return deleteItem(runtime, machineKey(name), equals("deletingAt", deletingAt));
}

/** Names of the machines that may be unused. */
export async function queryIdleMachines(runtime: Runtime, now: number, limit: number): Promise<readonly string[]> {
  const keys = await queryDue(runtime, LIVING_MACHINE, now, limit);
  return keys.map(({ pk }) => pk.slice(machineKey("").pk.length));
}

/** Changes a machine that is as it was read. */
async function changeMachine(
  runtime: Runtime,
  { name, lastUsedAt, deletingAt }: MachineRecord,
  set: { readonly deletingAt?: number; readonly checkAt?: number },
): Promise<boolean> {
  const isUnmarked = deletingAt === undefined ? absent("deletingAt") : equals("deletingAt", deletingAt);
  const condition = all(equals("lastUsedAt", lastUsedAt), isUnmarked);
  return (await updateItem(runtime, machineKey(name), { set }, condition)) !== undefined;
}
