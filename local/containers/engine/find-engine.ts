import { createCommandLineEngine } from "./command-line-engine.ts";
import type { ContainerEngine } from "./engine.ts";
import { endFollowers } from "./followers.ts";
import { hasEnded, ownerName } from "./owner.ts";
import { runCommand } from "./run-command.ts";

/** Neither podman nor docker runs containers here. */
export class NoContainerEngineError extends Error {
  override readonly name = "NoContainerEngineError";
}

/** In this order: podman needs no daemon, so where it is installed it works. */
const PROGRAMS = ["podman", "docker"] as const;
/** An engine that does not answer by then is not asked again. */
const ANSWER_SECONDS = 20;

/**
 * The engine of this machine: the first of podman and docker that answers. What an installation that crashed has left
 * behind is removed.
 * @throws {NoContainerEngineError}
 */
export async function findEngine(environment: NodeJS.ProcessEnv): Promise<ContainerEngine> {
  if (process.platform !== "linux") {
    throw new NoContainerEngineError(
      `On ${process.platform} containers live in a virtual machine, from which nothing reaches the loopback interface of this one; run sluice inside of it, or on Linux.`,
    );
  }
  const complaints: string[] = [];
  for (const program of PROGRAMS) {
    const complaint = await ask(program, environment);
    if (complaint === undefined) {
      const engine = createCommandLineEngine({ program, owner: ownerName(), environment });
      await removeLeftovers(engine);
      return engine;
    }
    complaints.push(`${program}: ${complaint}`);
  }
  throw new NoContainerEngineError(`No container engine works here (${complaints.join("; ")}).`);
}

/** What is wrong with an engine; `undefined` where nothing is. */
async function ask(program: string, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    const end = await runCommand(program, ["info", "--format={{json .}}"], {
      environment,
      timeoutSeconds: ANSWER_SECONDS,
    });
    if (end.exitCode === 0 && !end.stdout.includes('"ServerErrors":[')) return undefined;
    return end.stderr.trim().split("\n").at(-1) || `"${program} info" ended with exit code ${end.exitCode}`;
  } catch {
    return "not installed";
  }
}

/** Removes what belongs to processes that are gone. */
export async function removeLeftovers(engine: ContainerEngine): Promise<void> {
  for (const [owner, remains] of await engine.owned()) {
    if (!hasEnded(owner)) continue;
    await engine.remove(remains);
    endFollowers(remains.containers);
  }
}
