import { readFileSync, readlinkSync } from "node:fs";

/** The parts of an owner's name: this start of the machine, the namespace of process ids, the process, when it started. */
interface Owner {
  readonly boot: string;
  readonly namespace: string;
  readonly pid: string;
  readonly startedAt: string;
}

/** Names this process as no other process of the machine is ever named, so that what it has made can be told to be its. */
export function ownerName(): string {
  const { boot, namespace, pid, startedAt } = describe(process.pid);
  return [boot, namespace, pid, startedAt].join("_");
}

/**
 * Whether the process of that name has ended. Of a process that cannot be seen from here (another container's) it is
 * never said, and neither of a name that is none.
 */
export function hasEnded(owner: string): boolean {
  const [boot, namespace, pid, startedAt, ...more] = owner.split("_");
  if (!boot || !namespace || !pid || !startedAt || more.length > 0 || !/^\d+$/.test(pid)) return false;
  const here = describe(process.pid);
  if (boot !== here.boot) return true;
  return namespace === here.namespace && startedAt !== describe(Number(pid)).startedAt;
}

function describe(pid: number): Owner {
  return {
    boot: read("/proc/sys/kernel/random/boot_id").trim(),
    namespace: read("namespace").replace(/\D/g, ""),
    pid: String(pid),
    startedAt: startOf(read(`/proc/${pid}/stat`)),
  };
}

/** `<pid> (<name>) <state> …`: the 22nd field is the start in ticks since boot; the name may hold anything. Source: proc_pid_stat(5). */
function startOf(stat: string): string {
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "gone";
}

function read(path: string): string {
  try {
    return path === "namespace" ? readlinkSync("/proc/self/ns/pid") : readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
