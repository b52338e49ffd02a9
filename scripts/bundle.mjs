/**
 * Bundles what runs in the cloud, so that it is what the lock file says and not the SDK that Lambda happens to have:
 * `functions/<name>/handler.ts` to `<out>/functions/<name>/index.mjs`, and the agent with its Dockerfile to
 * `<out>/agent-image/`.
 *
 * Usage: `node scripts/bundle.mjs <out>`. Called at `cdk synth` in a clone and by `npm run build`; what is published
 * carries the bundles, so that a CDK application that uses Sluice needs no esbuild.
 */
import { cpSync, existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const [out] = process.argv.slice(2);
if (out === undefined) throw new Error("Usage: node scripts/bundle.mjs <out>");

const functions = readdirSync(`${root}functions`).filter((name) => existsSync(`${root}functions/${name}/handler.ts`));

await build({
  absWorkingDir: root,
  entryPoints: [
    ...functions.map((name) => ({ in: `functions/${name}/handler.ts`, out: `functions/${name}/index` })),
    { in: "agent/main.ts", out: "agent-image/agent" },
  ],
  outdir: out,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  target: "node24",
  format: "esm",
  // Names stay, so that a stack trace can be read without a source map.
  minifyWhitespace: true,
  minifySyntax: true,
  keepNames: true,
  legalComments: "none",
  logLevel: "warning",
  // CommonJS inside the bundle calls `require` for Node's own modules; an ES module has none.
  banner: {
    js: 'import { createRequire as sluiceCreateRequire } from "node:module"; const require = sluiceCreateRequire(import.meta.url);',
  },
});
cpSync(`${root}cdk/agent-image/Dockerfile`, `${out}/agent-image/Dockerfile`);
