/**
 * Makes a fresh clone ready: `npm start` and `npm test` run this first, with whatever Node is on the machine (20 and
 * up), so it is plain JavaScript and uses nothing from node_modules.
 *
 * Installs when `package-lock.json` is not the one that was installed last (`prepare.mjs` leaves its hash in a stamp
 * inside node_modules), and makes sure that `node_modules/.bin/node` is Node 24. A second run reads two files.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const NODE_MAJOR = "24";
const root = fileURLToPath(new URL("..", import.meta.url));
const stamp = `${root}node_modules/.sluice-setup`;
const wanted = createHash("sha256")
  .update(readFileSync(`${root}package-lock.json`))
  .digest("hex");

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  say("installing the dependencies (once; a minute or two)");
  npm("ci", "--prefer-offline", "--loglevel=error");
  if (nodeMajor() !== NODE_MAJOR) {
    // The package `node` fetches its binary in an install script, which the user's npm may have been told not to run.
    npm("rebuild", "node", "--ignore-scripts=false");
    await import("./prepare.mjs");
  }
  if (nodeMajor() !== NODE_MAJOR) {
    say(`no Node ${NODE_MAJOR} in node_modules: let npm run its install script ("npm rebuild node"), then try again`);
    process.exit(1);
  }
}

/** Runs the npm that started this script, on the Node it runs on: node_modules/.bin/node is about to be replaced. */
function npm(...args) {
  const cli = process.env.npm_execpath;
  const [command, ...rest] = cli === undefined ? ["npm"] : [process.env.npm_node_execpath ?? process.execPath, cli];
  const { status, error } = spawnSync(command, [...rest, ...args], { cwd: root, stdio: ["ignore", 2, 2] });
  if (error !== undefined || status !== 0) {
    say(`"npm ${args.join(" ")}" failed${error === undefined ? "" : `: ${error.message}`}`);
    process.exit(1);
  }
}

function nodeMajor() {
  try {
    const node = `${root}node_modules/node/bin/node`;
    return execFileSync(node, ["--version"], { encoding: "utf8" }).slice(1).split(".")[0];
  } catch {
    return undefined;
  }
}

function say(text) {
  process.stderr.write(`sluice setup: ${text}\n`);
}
