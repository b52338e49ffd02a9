import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compile, formatDiagnostics } from "../../compiler/index.ts";
import { SHOP_CONTEXT } from "./compile-context.ts";
import { MARK, MISTAKES } from "./mistakes/index.ts";
import { createRandom, mutate, randomText } from "./mutate.ts";

/** Texts per run; `SLUICE_FUZZ_TEXTS=1000000 SLUICE_FUZZ_SEED=50000` takes another million. */
const TEXTS = Number(process.env["SLUICE_FUZZ_TEXTS"] ?? 50_000);
const FIRST_SEED = Number(process.env["SLUICE_FUZZ_SEED"] ?? 0);
/** Of the thread's own processor time, so that a busy machine does not count; a usual text takes a millisecond. */
const LONGEST_MICROSECONDS = 2_000_000;

/** Of the whole test process, with all that vitest keeps: a leak of 1 KiB a text would show. */
const MOST_HEAP_BYTES = 512 * 2 ** 20;

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

/** What a run was like, for whoever takes a million. */
interface Slowest {
  readonly seed: number;
  readonly microseconds: number;
}

test(`${TEXTS} texts from seed ${FIRST_SEED} on: diagnostics or a compilation, never an exception, never for long`, () => {
  let slowest: Slowest = { seed: FIRST_SEED, microseconds: 0 };
  let mostHeap = 0;
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
    const microseconds = user + system;
    if (microseconds > LONGEST_MICROSECONDS) {
      expect.fail(`Seed ${seed} took ${microseconds} µs: ${JSON.stringify(text)}`);
    }
    if (microseconds > slowest.microseconds) slowest = { seed, microseconds };
    if (seed % 1000 === 0) mostHeap = Math.max(mostHeap, process.memoryUsage().heapUsed);
  }
  expect(mostHeap).toBeLessThan(MOST_HEAP_BYTES);
  const { microseconds, seed } = slowest;
  process.stderr.write(
    `Texts ${FIRST_SEED} to ${FIRST_SEED + TEXTS - 1}: the slowest was ${seed} with ${Math.round(microseconds / 1000)} ms; the heap had ${Math.round(mostHeap / 2 ** 20)} MiB at most.\n`,
  );
}, 3_600_000);
