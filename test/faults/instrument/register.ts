import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { harness } from "../harness.ts";
import { PLANTED_BUGS } from "../planted-bugs.ts";
import { HARNESS, wrapAwaits } from "./wrap-awaits.ts";

// Loaded with `node --import`: what is loaded after it is instrumented, where it is code of handlers or executors.

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const UNDER_TEST = /^(?:functions|actions\/executors)\/.+\.ts$/;

/** A bug is planted by its name: the invariant that it breaks must be the one that finds it. */
const planted = PLANTED_BUGS.filter(({ name }) => name === process.env["SLUICE_PLANTED_BUG"]);

Object.assign(globalThis, { [HARNESS]: harness });
registerHooks({
  load(url, context, next) {
    const file = url.startsWith("file:") ? relative(ROOT, fileURLToPath(url)) : "";
    if (!UNDER_TEST.test(file)) return next(url, context);
    const source = plant(file, readFileSync(fileURLToPath(url), "utf8"));
    return {
      format: "module-typescript",
      shortCircuit: true,
      source: wrapAwaits(file, source, (site) => harness.register(site)),
    };
  },
});

function plant(file: string, source: string): string {
  let changed = source;
  for (const bug of planted.flatMap(({ changes }) => changes)) {
    if (bug.file !== file) continue;
    if (!changed.includes(bug.text)) throw new Error(`The planted bug does not fit ${file} any more: ${bug.text}`);
    changed = changed.replace(bug.text, () => bug.replacement);
  }
  return changed;
}
