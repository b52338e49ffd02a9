import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Bench } from "./bench.ts";
import { DIRECTORY, type Turn } from "./dirs-agent.ts";
import { type Door, startDoor } from "./dirs-door.ts";
import { makeTree } from "./dirs-tree.ts";

const AGENT = fileURLToPath(new URL("dirs-agent.ts", import.meta.url));
/** The tree, two copies, the objects and the peer's archive. */
const NEEDED_BYTES = 9e9;
/** What disturbs the machine disturbs one turn; the better one of two counts, for both. */
const ROUNDS = 2;

/**
 * Stores a directory of 2 GB in 20,000 files and restores it, with the agent's own code against an object store on
 * loopback; its peer is `tar | zstd` to a file and back. Targets: the restored tree is the same, at no less than half
 * the peer's speed, in less than 200 MB; storing the same again moves less than 1 %.
 */
export const dirsBench: Bench = async () => {
  const zstd = findZstd();
  const root = mkdtempSync(join(tmpdir(), "sluice-bench-dirs-"));
  const { bavail, bsize } = statfsSync(root);
  let door: Door | undefined;
  try {
    if (bavail * bsize < NEEDED_BYTES) {
      throw new Error(`${root} has ${bavail * bsize} bytes free; this bench needs ${NEEDED_BYTES}.`);
    }
    mkdirSync(join(root, "objects"));
    const from = join(root, "from", "context", DIRECTORY);
    const { files, bytes } = makeTree(from);
    door = await startDoor(join(root, "objects"));
    const { url } = door;
    const lines = [`${bytes.toLocaleString("en")} bytes in ${files.toLocaleString("en")} files; ${zstd}`, HEAD];
    const turns = { store: [] as Turn[], pack: [] as number[], restore: [] as Turn[], unpack: [] as number[] };
    const archive = join(root, "peer.tar.zst");
    let firstMoved = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      rmSync(join(root, "objects"), { recursive: true });
      mkdirSync(join(root, "objects"));
      door.takeMoved();
      turns.store.push(await agent("store", join(root, "from"), url));
      firstMoved = door.takeMoved();
      turns.pack.push(await peer(`tar -C '${from}' -cf - . | zstd -qfo '${archive}'`));
      turns.restore.push(await agent("restore", join(root, "to"), url));
      compareTrees(from, join(root, "to", "context", DIRECTORY));
      rmSync(join(root, "to"), { recursive: true });
      mkdirSync(join(root, "peer"));
      turns.unpack.push(await peer(`zstd -dc '${archive}' | tar -C '${join(root, "peer")}' -xf -`));
      rmSync(join(root, "peer"), { recursive: true });
    }
    door.takeMoved();
    const again = await agent("store", join(root, "from"), url);
    const moved = door.takeMoved();
    lines.push(describe("store", turns.store, "tar | zstd", turns.pack));
    lines.push(describe("restore", turns.restore, "zstd | tar", turns.unpack));
    lines.push(
      `Stored again in ${again.seconds.toFixed(1)} s: moves ${moved.toLocaleString("en")} of ` +
        `${firstMoved.toLocaleString("en")} bytes (${((100 * moved) / firstMoved).toFixed(3)} %).`,
      "The restored tree is the same: contents, modes, times and links.",
    );
    return lines;
  } finally {
    await door?.stop();
    rmSync(root, { recursive: true, force: true });
  }
};

const HEAD = "             agent    peak memory          peer     speed of the peer's";

async function agent(what: "store" | "restore", root: string, url: string): Promise<Turn> {
  const { stdout } = await promisify(execFile)(process.execPath, [AGENT, what, root, url]);
  return JSON.parse(stdout);
}

async function peer(command: string): Promise<number> {
  const start = performance.now();
  await promisify(execFile)("bash", ["-o", "pipefail", "-c", command]);
  return (performance.now() - start) / 1000;
}

/** Equal archives have equal contents, modes, links and owners. The outermost directory's mode is the attempt's. */
function compareTrees(from: string, to: string): void {
  const [wanted, found] = [from, to].map((path) => {
    const archive = `cd '${path}' && tar --sort=name --mtime=@0 -cf - * | sha256sum`;
    const times = `cd '${path}' && find . -mindepth 1 -printf '%P %Ts %m %y %l\\n' | sort | sha256sum`;
    return execFileSync("bash", ["-o", "pipefail", "-c", `${archive}; ${times}`], { encoding: "utf8" });
  });
  if (wanted !== found) throw new Error("The restored tree is another one.");
}

function describe(what: string, turns: readonly Turn[], peerName: string, peers: readonly number[]): string {
  const own = Math.min(...turns.map(({ seconds }) => seconds));
  const other = Math.min(...peers);
  const peak = Math.max(...turns.map(({ peakBytes }) => peakBytes));
  return [
    what.padEnd(8),
    `${own.toFixed(1)} s`.padStart(10),
    `${(peak / 1e6).toFixed(0)} MB`.padStart(15),
    `${peerName} ${other.toFixed(1)} s`.padStart(18),
    (other / own).toFixed(2).padStart(14),
  ].join("");
}

/** Debian's zstd; where there is none and this is root, it is installed. */
function findZstd(): string {
  try {
    return execFileSync("zstd", ["--version"], { encoding: "utf8" }).trim();
  } catch {
    if (process.getuid?.() !== 0)
      throw new Error('There is no "zstd" to compare with; install it (apt-get install zstd).');
    execFileSync("apt-get", ["install", "-y", "zstd"], { stdio: "ignore" });
    return execFileSync("zstd", ["--version"], { encoding: "utf8" }).trim();
  }
}
