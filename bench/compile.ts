import { fileURLToPath } from "node:url";
import { parseDocument } from "yaml";
import { BUILT_IN_ACTIONS, EXECUTOR_KINDS, loadActionTypes } from "../actions/index.ts";
import { type CompileContext, compile } from "../compiler/index.ts";
import { type Bench, raceMedians } from "./bench.ts";

const CONTEXT: CompileContext = {
  actionTypes: loadActionTypes([fileURLToPath(BUILT_IN_ACTIONS)]).types,
  kinds: EXECUTOR_KINDS,
  executors: new Map([["process", { name: "process", kind: "process" }]]),
  defaultExecutor: "process",
};

/** What 10,000 actions may be told: they are more than a run and a definition can hold. All phases are through then. */
const LIMITS: ReadonlySet<string> = new Set(["lower/definition-too-large", "lower/too-many-events"]);

const SIZES = [1_000, 10_000] as const;

/**
 * The whole of `compile`, text to machine, plan, hashes and report, against the YAML library's `parseDocument` of the
 * same text. Targets: at most 1.5 times; 10,000 actions at most 12 times 1,000.
 */
export const compileBench: Bench = () => {
  const [small, large] = SIZES.map(measure);
  if (!small || !large) return [];
  const growth = large.compileMs / small.compileMs;
  const peerGrowth = large.parseMs / small.parseMs;
  return [
    "actions      bytes   compile   parseDocument   ratio",
    ...[small, large].map(describe),
    `10,000 actions cost ${growth.toFixed(1)} times 1,000 (parseDocument: ${peerGrowth.toFixed(1)} times).`,
  ];
};

interface Measurement {
  readonly actions: number;
  readonly bytes: number;
  /** Medians, in milliseconds. */
  readonly compileMs: number;
  readonly parseMs: number;
}

function measure(actions: number): Measurement {
  const text = shopOf(actions);
  const file = { name: "pipeline.yaml", text };
  const mistakes = compile(file, CONTEXT).diagnostics.filter(({ code }) => !LIMITS.has(code));
  if (mistakes.length > 0) throw new Error(`The bench's pipeline is wrong: ${mistakes[0]?.message}`);
  const rounds = actions > 5_000 ? { rounds: 11, warmUp: 3 } : { rounds: 41, warmUp: 15 };
  const [compileMs = Number.NaN, parseMs = Number.NaN] = raceMedians(
    [() => compile(file, CONTEXT), () => parseDocument(text)],
    rounds,
  );
  return { actions, bytes: Buffer.byteLength(text), compileMs, parseMs };
}

/**
 * Stages of four: three actions that build, and a test that waits for the directory and the output of one of the stage
 * before. About 100 characters an action, because a file has at most 1 MiB.
 */
function shopOf(actions: number): string {
  const lines = ['version: "1.1"', "name: shop", "params:", "- {name: target, default: staging}", "stages:"];
  for (let number = 0; number < actions; number++) {
    if (number % 4 === 0) lines.push("- stage:");
    lines.push("  - custom-script:", `      alias: part-${number}`);
    if (number % 4 === 3 && number > 4) {
      const needed = `part-${number - 4}`;
      lines.push(
        "      commands:",
        `      - cd \${{ dirs.${needed} }}`,
        `      - make V=\${{ outputs.${needed}.make }}`,
      );
    } else {
      lines.push("      commands: make T=${{ params.target }}");
    }
  }
  return `${lines.join("\n")}\n`;
}

function describe({ actions, bytes, compileMs, parseMs }: Measurement): string {
  return [
    actions.toLocaleString("en").padStart(7),
    bytes.toLocaleString("en").padStart(11),
    `${compileMs.toFixed(1)} ms`.padStart(10),
    `${parseMs.toFixed(1)} ms`.padStart(16),
    (compileMs / parseMs).toFixed(2).padStart(8),
  ].join("");
}
