import { spawnSync } from "node:child_process";

/** A shell of this machine. */
export interface InstalledShell {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
  /** What an action's `shell` says for a shell of its kind. */
  readonly shell: "sh" | "bash";
  readonly version: string;
}

const CANDIDATES: readonly (Omit<InstalledShell, "version"> & { readonly ask: string })[] = [
  { name: "sh", argv: ["sh"], shell: "sh", ask: 'readlink -f "$(command -v sh)"' },
  { name: "dash", argv: ["dash"], shell: "sh", ask: "echo dash" },
  { name: "bash", argv: ["bash"], shell: "bash", ask: 'echo "$BASH_VERSION"' },
  { name: "busybox", argv: ["busybox", "sh"], shell: "sh", ask: "busybox | head -n 1" },
];

/** Shells that are installed here; `missing` names the others. A shell that is another by name runs once. */
export function findShells(): { readonly shells: readonly InstalledShell[]; readonly missing: readonly string[] } {
  const shells: InstalledShell[] = [];
  const missing: string[] = [];
  for (const { ask, ...candidate } of CANDIDATES) {
    const [program, ...options] = candidate.argv;
    const { status, stdout } = spawnSync(program, [...options, "-c", ask], { encoding: "utf8" });
    if (status === 0) shells.push({ ...candidate, version: stdout.trim() });
    else missing.push(candidate.name);
  }
  const isDash = ({ name, version }: InstalledShell) => name === "sh" && version.endsWith("/dash");
  return { shells: shells.filter((shell) => !isDash(shell)), missing };
}
