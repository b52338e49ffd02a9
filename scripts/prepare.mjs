/**
 * Runs at the end of `npm ci` and `npm install` in a clone (npm's `prepare`), with whatever Node is on the machine:
 * offers `node_modules/.bin/sluice`, and leaves the stamp that tells `setup.mjs` what was installed.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const modules = `${root}node_modules`;
const link = `${modules}/.bin/sluice`;

if (existsSync(modules)) {
  mkdirSync(`${modules}/.bin`, { recursive: true });
  rmSync(link, { force: true });
  symlinkSync("../../bin/sluice", link);
  writeFileSync(`${modules}/.sluice-setup`, installedLock());
}

function installedLock() {
  return createHash("sha256")
    .update(readFileSync(`${root}package-lock.json`))
    .digest("hex");
}
