import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Bench, medianOf, type Time } from "./bench.ts";
import type { ContestantName, Measurement } from "./compile-size.ts";

const SIZES = [1_000, 10_000] as const;

const PROGRAM = fileURLToPath(new URL("compile-size.ts", import.meta.url));

/** In which order the contestants take turns: what disturbs the machine disturbs them alike. */
const TURNS: readonly ContestantName[] = [
  "compile",
  "parseDocument",
  "parseDocument",
  "compile",
  "compile",
  "parseDocument",
];

/** The times of both for one text. */
interface Comparison {
  readonly actions: number;
  readonly bytes: number;
  readonly compile: Time;
  readonly parse: Time;
}

/**
 * The whole of `compile`, text to machine, plan, hashes and report, against the YAML library's `parseDocument` of the
 * same text. Targets: at most 1.5 times; 10,000 actions at most 12 times 1,000. Each turn has a process of its own, so
 * that nobody collects the garbage of another.
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

function measure(actions: number): Comparison {
  const turns = TURNS.map((name) => ({ name, ...turnOf(name, actions) }));
  const of = (wanted: ContestantName) => medianOf(turns.filter(({ name }) => name === wanted).map(({ time }) => time));
  return { actions, bytes: turns[0]?.bytes ?? 0, compile: of("compile"), parse: of("parseDocument") };
}

function turnOf(name: ContestantName, actions: number): Measurement {
  return JSON.parse(execFileSync(process.execPath, [PROGRAM, name, String(actions)], { encoding: "utf8" }));
}

function describe({ actions, bytes, compile, parse }: Comparison): string {
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
