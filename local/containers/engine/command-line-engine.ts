import type { ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCommand, OWNER_LABEL } from "./container-arguments.ts";
import { type ContainerEnd, type ContainerEngine, EngineError, type Remains } from "./engine.ts";
import { createLimit } from "./limit.ts";
import { type CommandOptions, runCommand, startCommand } from "./run-command.ts";

/** Which command, and for whom. */
export interface CommandLineEngineOptions {
  /** `podman` or `docker`: name of the program. */
  readonly program: string;
  /** Value of the label of everything that is made. */
  readonly owner: string;
  /** Environment of the command: search path, home, where the engine is. */
  readonly environment: NodeJS.ProcessEnv;
}

/** Commands at the same time. Each costs some 100 ms of a processor; more only makes all of them slower. */
const COMMANDS_AT_ONCE = 8;

/**
 * podman or docker by its command line, the one interface that both have without a daemon's socket and with the same
 * words: create, start, logs, stop, kill, rm, volume, inspect.
 */
export function createCommandLineEngine({ program, owner, environment }: CommandLineEngineOptions): ContainerEngine {
  // conmon leaves a file "oom" in the directory in which podman was called (cgroups of version 1, where `inspect` says
  // nothing), so that each container is started in a directory of its own.
  const places = mkdtempSync(join(tmpdir(), "sluice-containers-"));
  const limit = createLimit(COMMANDS_AT_ONCE);
  const over = new AbortController();
  const followers = new Map<string, ChildProcess>();
  const run = (args: readonly string[], more: Partial<CommandOptions> = {}) =>
    runCommand(program, args, { environment, signal: over.signal, ...more });

  const call = async (args: readonly string[], more: Partial<CommandOptions> = {}) => {
    const end = await limit(() => run(args, more));
    if (end.exitCode !== 0) {
      throw new EngineError(lastWords(end.stderr) || `"${program} ${args[0]}" ended with exit code ${end.exitCode}.`);
    }
    return end.stdout;
  };

  const hasImage = async (image: string) => (await limit(() => run(["image", "inspect", image]))).exitCode === 0;

  const state = async (name: string) => {
    const text = await call(["inspect", "--type=container", "--format={{json .State}}", name]);
    const read: unknown = JSON.parse(text);
    const value = typeof read === "object" && read !== null ? read : {};
    return {
      isRunning: "Running" in value && value.Running === true,
      exitCode: "ExitCode" in value ? Number(value.ExitCode) : Number.NaN,
      outOfMemory: "OOMKilled" in value && value.OOMKilled === true,
    };
  };

  const end = async (name: string): Promise<ContainerEnd> => {
    let found = await state(name);
    // The log may end before the container does: a program may close its output and go on.
    while (found.isRunning) {
      await run(["wait", name]);
      found = await state(name);
    }
    return { exitCode: found.exitCode, outOfMemory: found.outOfMemory || existsSync(join(places, name, "oom")) };
  };

  const list = async (args: readonly string[], format: string): Promise<ReadonlyMap<string, string[]>> => {
    const byOwner = new Map<string, string[]>();
    for (const line of (await call([...args, `--filter=label=${OWNER_LABEL}`, `--format=${format}`])).split("\n")) {
      const [name, itsOwner] = line.trim().split(" ");
      if (name && itsOwner) byOwner.set(itsOwner, [...(byOwner.get(itsOwner) ?? []), name]);
    }
    return byOwner;
  };

  return {
    name: program,
    hasImage,
    async pull(image) {
      if (!(await hasImage(image))) await call(["pull", "--quiet", image]);
    },
    async build(image, directory) {
      // Its steps need no network; the images that it starts from are pulled all the same.
      await call(["build", "--quiet", "--network=none", `--tag=${image}`, directory]);
    },
    async createVolume(name) {
      await call(["volume", "create", `--label=${OWNER_LABEL}=${owner}`, name]);
    },
    async create(container) {
      const { args, environment: inherited } = createCommand(program, owner, container);
      await call(args, { environment: { ...environment, ...inherited } });
    },
    async start(name) {
      const directory = join(places, name);
      mkdirSync(directory, { recursive: true });
      await call(["start", name], { directory });
    },
    async follow(name, onOutput) {
      await new Promise<void>((resolve, reject) => {
        const child = startCommand(program, ["logs", "--follow", name], { environment, signal: over.signal });
        followers.set(name, child);
        child.stdout?.on("data", onOutput);
        child.stderr?.on("data", onOutput);
        child.once("error", reject);
        child.once("close", () => {
          followers.delete(name);
          resolve();
        });
      });
      return await end(name);
    },
    async execute(name, command, timeoutSeconds) {
      const { exitCode } = await run(["exec", name, ...command], { timeoutSeconds });
      return exitCode === 137 ? undefined : exitCode;
    },
    // Not `stop`: while it waits out the grace, podman lets nobody else touch the container, not even to remove it.
    async signal(name, signal) {
      const ended = await run(["kill", `--signal=${signal}`, name]);
      if (ended.exitCode !== 0 && (await state(name)).isRunning) throw new EngineError(lastWords(ended.stderr));
    },
    async remove({ containers, volumes }) {
      if (containers.length > 0) {
        const atOnce = program === "podman" ? ["--ignore", "--time=0"] : [];
        await limit(() => run(["rm", "--force", ...atOnce, ...containers]));
      }
      if (volumes.length > 0) {
        await limit(() => run(["volume", "rm", "--force", ...volumes]));
      }
      for (const name of containers) {
        // podman's may go on for ever where a container is removed under it.
        followers.get(name)?.kill();
        rmSync(join(places, name), { recursive: true, force: true });
      }
    },
    async owned() {
      // The one word in which the two differ: what a container's name is called in a template.
      const label = program === "docker" ? `{{.Label "${OWNER_LABEL}"}}` : `{{index .Labels "${OWNER_LABEL}"}}`;
      const [containers, volumes] = await Promise.all([
        list(["ps", "--all"], `{{.Names}} ${label}`),
        list(["volume", "ls"], `{{.Name}} ${label}`),
      ]);
      const remains = new Map<string, Remains>();
      for (const itsOwner of new Set([...containers.keys(), ...volumes.keys()])) {
        const of = (named: ReadonlyMap<string, string[]>) => named.get(itsOwner) ?? [];
        remains.set(itsOwner, { containers: of(containers), volumes: of(volumes) });
      }
      return remains;
    },
    close() {
      over.abort();
      rmSync(places, { recursive: true, force: true });
    },
  };
}

/** The last line of what a command complained about: engines log what they try before they give up. */
function lastWords(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  return (lines.at(-1) ?? "").replace(/^(Error: |Error response from daemon: |docker: )+/, "");
}
