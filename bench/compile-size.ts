import { fileURLToPath } from "node:url";
import { parseDocument } from "yaml";
import { BUILT_IN_ACTIONS, EXECUTOR_KINDS, loadActionTypes } from "../actions/index.ts";
import { type CompileContext, compile } from "../compiler/index.ts";
import { medianTime, print, type Time } from "./bench.ts";

/** What this process prints as JSON: the time of one contestant, and of how large a text. */
export interface Measurement {
  readonly bytes: number;
  readonly time: Time;
}

/** Who is measured. */
export type ContestantName = "compile" | "parseDocument";

const CONTEXT: CompileContext = {
  actionTypes: loadActionTypes([fileURLToPath(BUILT_IN_ACTIONS)]).types,
  kinds: EXECUTOR_KINDS,
  executors: new Map([["process", { name: "process", kind: "process" }]]),
  defaultExecutor: "process",
};

/**
 * What 10,000 actions may be told: they are more than a definition and a run can hold. It is told at the very end, so
 * all the work is done, and only the result is not handed out.
 */
const LIMITS: ReadonlySet<string> = new Set(["lower/definition-too-large", "lower/too-many-events"]);

const [, , name, size] = process.argv;
print([JSON.stringify(measure(name === "compile" ? name : "parseDocument", Number(size)))]);

function measure(contestant: ContestantName, actions: number): Measurement {
  const text = shopOf(actions);
  const compileText = () => compile({ name: "pipeline.yaml", text }, CONTEXT);
  const mistakes = compileText().diagnostics.filter(({ code }) => !LIMITS.has(code));
  if (mistakes.length > 0) throw new Error(`The bench's pipeline is wrong: ${mistakes[0]?.message}`);
  const rounds = actions > 5_000 ? { rounds: 11, warmUp: 4 } : { rounds: 61, warmUp: 30 };
  const time = medianTime(contestant === "compile" ? compileText : () => parseDocument(text), rounds);
  return { bytes: Buffer.byteLength(text), time };
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
