/**
 * Bundles what runs in the cloud, so that it is what the lock file says and not the SDK that Lambda happens to have:
 * the functions of `cdk/function-declarations.ts` to `<out>/functions/<name>/` (`index.mjs` exports the handler), and the
 * agent with its Dockerfile to `<out>/agent-image/`.
 *
 * Usage: `node scripts/bundle.mjs <out> [agent-image]`, the latter for the agent alone. Called at `cdk synth` in a clone
 * and by `npm run build`; what is published carries the bundles, so that a CDK application that uses Sluice needs no
 * esbuild.
 */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { build } from "esbuild";
import { FUNCTION_SOURCES } from "../cdk/function-declarations.ts";
import { BUNDLE_OPTIONS, bundleFunction, ROOT } from "./function-bundle.ts";

const [out, only] = process.argv.slice(2);
if (out === undefined || (only !== undefined && only !== "agent-image")) {
  throw new Error("Usage: node scripts/bundle.mjs <out> [agent-image]");
}

await build({
  ...BUNDLE_OPTIONS,
  entryPoints: [{ in: "agent/main.ts", out: "agent" }],
  outdir: `${out}/agent-image`,
  // The image takes one file.
  splitting: false,
});
cpSync(`${ROOT}cdk/agent-image/Dockerfile`, `${out}/agent-image/Dockerfile`);

async function writeFunction(source) {
  const { outputFiles = [] } = await bundleFunction(source, `${out}/functions/${source.source}`);
  for (const { path, contents } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  }
}

if (only === undefined) await Promise.all(FUNCTION_SOURCES.map(writeFunction));
