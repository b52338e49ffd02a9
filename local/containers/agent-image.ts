import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { ContainerEngine } from "./engine/engine.ts";

/** What is published carries the bundle; a clone makes it, with esbuild. */
const PUBLISHED_BUNDLE = fileURLToPath(new URL("../../cdk/bundles/agent-image", import.meta.url));
const BUNDLE_SCRIPT = fileURLToPath(new URL("../../scripts/bundle.mjs", import.meta.url));

/** The image of the agent is not there and cannot be built. */
export class AgentImageError extends Error {
  override readonly name = "AgentImageError";
}

/**
 * Name of the image of the agent of this version, built where the engine does not have it: the very Dockerfile that a
 * deployment builds, tagged by its content. `onBuild` is called before a build, which may take a minute and the network.
 * @throws {AgentImageError}
 */
export async function ensureAgentImage(engine: ContainerEngine, onBuild: () => void): Promise<string> {
  const scratch = mkdtempSync(join(tmpdir(), "sluice-agent-image-"));
  try {
    const context = await bundle(scratch);
    const image = `localhost/sluice-agent:${contentHash(context)}`;
    if (!(await engine.hasImage(image))) {
      onBuild();
      await engine.build(image, context).catch((cause: Error) => {
        throw new AgentImageError(`The agent's image cannot be built: ${cause.message}`, { cause });
      });
    }
    return image;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function bundle(scratch: string): Promise<string> {
  if (existsSync(PUBLISHED_BUNDLE)) return PUBLISHED_BUNDLE;
  await promisify(execFile)(process.execPath, [BUNDLE_SCRIPT, scratch, "agent-image"]);
  return join(scratch, "agent-image");
}

function contentHash(directory: string): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(directory).sort())
    hash.update(`${name}\0`).update(readFileSync(join(directory, name)));
  return hash.digest("hex").slice(0, 16);
}
