import { restoreDirectories } from "../agent/archive/restore.ts";
import { storeDirectories } from "../agent/archive/store.ts";
import { attemptLayout } from "../agent/layout.ts";

/** What one turn of the agent took. */
export interface Turn {
  readonly seconds: number;
  readonly peakBytes: number;
}

/** Name of the directory below `<root>/context/`. */
export const DIRECTORY = "tree";

// Run as a program, `store|restore ROOT URL`: the agent's own code in a process of its own, so that its memory is its own.
const [what, root, url] = process.argv.slice(2);
if (import.meta.main && root !== undefined) {
  const call = (name: string) => async (body: object) => {
    const response = await fetch(`${url}/${name}`, { method: "POST", body: JSON.stringify(body) });
    return JSON.parse(await response.text());
  };
  const client = { packs: call("packs"), directory: call("directories"), restores: call("restores") };
  const options = { client, fetch, unreachableSeconds: 5, signal: new AbortController().signal };
  const layout = attemptLayout({ root, runner: "process" });
  const directory = { namespace: DIRECTORY, key: DIRECTORY };
  const start = performance.now();
  await (what === "store"
    ? storeDirectories(layout, [{ ...directory, stored: true }], options)
    : restoreDirectories(layout, [directory], options));
  const seconds = (performance.now() - start) / 1000;
  const turn: Turn = { seconds, peakBytes: process.resourceUsage().maxRSS * 1024 };
  process.stdout.write(JSON.stringify(turn));
}
