/**
 * Builds what is published, `dist/`: JavaScript with declarations (Node strips no types under node_modules), the files
 * that the code reads beside itself (`action.yaml`, scripts), and the bundles of what runs in the cloud.
 */
import { execFileSync } from "node:child_process";
import { cpSync, globSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const run = (...command) => execFileSync(process.execPath, command, { cwd: root, stdio: "inherit" });

rmSync(`${root}dist`, { recursive: true, force: true });
run("node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json");

const assets = globSync("{compiler,actions,agent,functions,cdk,local,cli}/**/*", { cwd: root, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.endsWith(".ts") && entry.name !== "tsconfig.json")
  .map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.length));
for (const asset of assets) cpSync(`${root}${asset}`, `${root}dist/${asset}`);

run("scripts/bundle.mjs", "dist/cdk/bundles");
