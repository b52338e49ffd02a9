import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Bench, Time } from "./bench.ts";
import type { SizeMeasurement } from "./compile-size.ts";

const SIZES = [1_000, 10_000] as const;

const PROGRAM = fileURLToPath(new URL("compile-size.ts", import.meta.url));

/**
 * The whole of `compile`, text to machine, plan, hashes and report, against the YAML library's `parseDocument` of the
 * same text. Targets: at most 1.5 times; 10,000 actions at most 12 times 1,000. Each size has a process of its own, so
 * that neither works on the other's heap.
 */
export const compileBench: Bench = () => {
  const [small, large] = SIZES.map(measure);
  if (!small || !large) return [];
  return [
    "actions      bytes   compile   parseDocument   ratio   of processor time",
    ...[small, large].map(describe),
    `10,000 actions cost ${growth(small.compile, large.compile)}; parseDocument ${growth(small.parse, large.parse)}.`,
  ];
};

function measure(actions: number): SizeMeasurement {
  return JSON.parse(execFileSync(process.execPath, [PROGRAM, String(actions)], { encoding: "utf8" }));
}

function describe({ actions, bytes, compile, parse }: SizeMeasurement): string {
  return [
    actions.toLocaleString("en").padStart(7),
    bytes.toLocaleString("en").padStart(11),
    `${compile.wall.toFixed(1)} ms`.padStart(10),
    `${parse.wall.toFixed(1)} ms`.padStart(16),
    (compile.wall / parse.wall).toFixed(2).padStart(8),
    (compile.processor / parse.processor).toFixed(2).padStart(20),
  ].join("");
}

function growth(small: Time, large: Time): string {
  const times = (large.wall / small.wall).toFixed(1);
  return `${times} times 1,000 (${(large.processor / small.processor).toFixed(1)} of processor time)`;
}
