import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { OutputFile } from "esbuild";
import { FUNCTION_SOURCES } from "../cdk/function-declarations.ts";
import { bundleFunction } from "../scripts/function-bundle.ts";
import { type Bench, medianOf, type Time } from "./bench.ts";
import { referenceBundle } from "./reference-bundle.ts";

/** What a bundle may have beyond the commands of the SDK and the libraries that it calls. */
const TARGET = 1.1;

/** How often each bundle is loaded, each time by a process of its own. */
const LOADS = 7;

/** A function's bundle, and the least that could do the same calls. */
interface Measured {
  readonly name: string;
  readonly bytes: number;
  readonly referenceBytes: number;
  readonly load: Time;
  readonly referenceLoad: Time;
}

/**
 * What a cold start loads: for each function the size of its bundle and the time that Node takes to import it, against a
 * bundle of exactly the SDK commands and the parts of libraries that it calls, made with the same options. Files that
 * are loaded on demand only (ways to get credentials that Lambda does not use) count for the size and not for the time.
 */
export const coldBench: Bench = async () => {
  const directory = mkdtempSync(join(tmpdir(), "sluice-cold-"));
  try {
    const measured: Measured[] = [];
    for (const source of FUNCTION_SOURCES) measured.push(await measure(directory, source));
    const worst = measured.toSorted((left, right) => ratio(right) - ratio(left))[0];
    return [
      `${"function".padEnd(22)}     size   reference   ratio       load   reference`,
      ...measured.map(describe),
      ...(worst === undefined
        ? []
        : [`At most ${ratio(worst).toFixed(3)} times the reference (${worst.name}); target ${TARGET}.`]),
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

async function measure(directory: string, source: (typeof FUNCTION_SOURCES)[number]): Promise<Measured> {
  const own = await bundleFunction(source, join(directory, source.source));
  const reference = await referenceBundle(source, own.metafile, join(directory, `${source.source}.reference`));
  return {
    name: source.source,
    bytes: sizeOf(own.outputFiles),
    referenceBytes: sizeOf(reference.outputFiles),
    load: loadTime(own.outputFiles),
    referenceLoad: loadTime(reference.outputFiles),
  };
}

function sizeOf(files: readonly OutputFile[] = []): number {
  return files.reduce((sum, { contents }) => sum + contents.byteLength, 0);
}

/** Median time of importing a bundle, in a process that has done nothing else. */
function loadTime(files: readonly OutputFile[] = []): Time {
  for (const { path, contents } of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  }
  const [entry] = files.filter(({ path }) => path.endsWith("index.mjs"));
  const script = `
    const usage = process.cpuUsage();
    const start = performance.now();
    await import(${JSON.stringify(entry?.path)});
    const wall = performance.now() - start;
    const { system, user } = process.cpuUsage(usage);
    console.log(JSON.stringify({ wall, processor: (system + user) / 1000 }));`;
  const load = (): Time =>
    JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" }));
  return medianOf(Array.from({ length: LOADS }, load));
}

function ratio({ bytes, referenceBytes }: Measured): number {
  return bytes / referenceBytes;
}

function describe(measured: Measured): string {
  return [
    measured.name.padEnd(20),
    `${(measured.bytes / 1024).toFixed(0)} KB`.padStart(11),
    `${(measured.referenceBytes / 1024).toFixed(0)} KB`.padStart(12),
    ratio(measured).toFixed(3).padStart(8),
    `${measured.load.wall.toFixed(0)} ms`.padStart(11),
    `${measured.referenceLoad.wall.toFixed(0)} ms`.padStart(12),
  ].join("");
}
