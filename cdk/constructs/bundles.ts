import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { scratchDirectory } from "./scratch.ts";

/** What is published carries the bundles; a clone makes them once per process, with esbuild and without a container. */
const PUBLISHED_BUNDLES = fileURLToPath(new URL("../bundles", import.meta.url));
const BUNDLE_SCRIPT = fileURLToPath(new URL("../../scripts/bundle.mjs", import.meta.url));

let bundles: string | undefined;

/** Directory of a bundle: `functions/<name>` (one file, `index.mjs`, that exports `handler`) or `agent-image`. */
export function bundleDirectory(name: string): string {
  bundles ??= existsSync(PUBLISHED_BUNDLES) ? PUBLISHED_BUNDLES : makeBundles();
  return join(bundles, name);
}

function makeBundles(): string {
  const directory = scratchDirectory();
  execFileSync(process.execPath, [BUNDLE_SCRIPT, directory], { stdio: ["ignore", "inherit", "inherit"] });
  return directory;
}
