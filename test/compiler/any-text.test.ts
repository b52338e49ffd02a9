import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compile, formatDiagnostics } from "../../compiler/index.ts";
import { SHOP_CONTEXT } from "./compile-context.ts";
import { MARK, MISTAKES } from "./mistakes.ts";
import { createRandom, mutate, randomText } from "./mutate.ts";

/** Texts per run; `SLUICE_FUZZ_TEXTS=1000000 SLUICE_FUZZ_SEED=50000` takes another million. */
const TEXTS = Number(process.env["SLUICE_FUZZ_TEXTS"] ?? 50_000);
const FIRST_SEED = Number(process.env["SLUICE_FUZZ_SEED"] ?? 0);
/** Of the thread's own processor time, so that a busy machine does not count; a usual text takes a millisecond. */
const LONGEST_MICROSECONDS = 2_000_000;

const PIPELINES = ["../fixtures/compile/", "../../examples/"]
  .map((folder) => new URL(folder, import.meta.url))
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".yaml"))
      .sort()
      .map((path) => readFileSync(new URL(path, folder), "utf8")),
  );
const SOURCES = [...PIPELINES, ...MISTAKES.map(({ withOthers }) => withOthers.replaceAll(MARK, ""))];

/** Half of the texts are mutations of pipelines, half of what is left are of wrong ones, the others are made of words. */
function textOf(seed: number): string {
  const random = createRandom(seed);
  return seed % 4 === 3 ? randomText(random) : mutate(seed % 4 === 2 ? SOURCES : PIPELINES, random);
}

test(`${TEXTS} texts from seed ${FIRST_SEED} on: diagnostics or a compilation, never an exception, never for long`, () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + TEXTS; seed++) {
    const text = textOf(seed);
    const before = process.threadCpuUsage();
    try {
      const { compilation, diagnostics } = compile({ name: "pipeline.yaml", text }, SHOP_CONTEXT);
      if (compilation === undefined) expect(diagnostics).not.toEqual([]);
      formatDiagnostics(diagnostics);
    } catch (failure) {
      throw new Error(`Seed ${seed}: ${JSON.stringify(text)}`, { cause: failure });
    }
    const { system, user } = process.threadCpuUsage(before);
    if (user + system > LONGEST_MICROSECONDS)
      expect.fail(`Seed ${seed} took ${user + system} µs: ${JSON.stringify(text)}`);
  }
}, 3_600_000);
