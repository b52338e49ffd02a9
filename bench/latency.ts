import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BUILT_IN_ACTIONS, EXECUTOR_KINDS, loadActionTypes } from "../actions/index.ts";
import { compile } from "../compiler/index.ts";
import { startInstallation } from "../local/index.ts";
import type { Bench } from "./bench.ts";
import { type ContainerTimes, createMeasuredExecutor } from "./latency-executor.ts";

const RUNS = 100;
const ACTIONS = 5;
const EXECUTOR = "build";
/** Targets in milliseconds, from the end of a container to the start of the next. */
const TARGETS = { median: 100, p99: 500 } as const;

/**
 * How long it takes from the end of a container to the start of the next action, with 100 runs at a time on the stack
 * of a laptop; and what is asked of AWS meanwhile: of an undisturbed run, nothing must be described or listed.
 */
export const latencyBench: Bench = async () => {
  const stateDirectory = await mkdtemp(join(tmpdir(), "sluice-latency-"));
  const times: ContainerTimes = { started: new Map(), ended: new Map() };
  const asked = new Map<string, number>();
  const ask = (operation: string) => asked.set(operation, (asked.get(operation) ?? 0) + 1);
  const installation = await startInstallation({
    stateDirectory,
    executors: [{ name: EXECUTOR, kind: "eks" }],
    configs: [],
    kubernetes: (name) => createMeasuredExecutor(name, times, ask),
  });
  try {
    const { pipeline, compilation } = compileChain();
    await installation.deploy(compilation);
    for (const client of Object.values(installation.clients)) countQuestions(client, ask);
    const runs = await Promise.all(
      Array.from({ length: RUNS }, async () => {
        const { runId } = await installation.submit({ pipeline });
        return installation.waitForEnd(runId);
      }),
    );
    const failed = runs.filter(({ status }) => status !== "succeeded");
    if (failed.length > 0) throw new Error(`${failed.length} runs failed: ${JSON.stringify(failed[0]?.error)}`);
    return report(
      runs.flatMap(({ runId, actions }) =>
        gapsOf(
          runId,
          actions.map(({ key }) => key),
          times,
        ),
      ),
      asked,
    );
  } finally {
    await installation.stop();
    await rm(stateDirectory, { recursive: true, force: true });
  }
};

/** Calls `ask` with the name of every Describe and List call that is sent through a client of the SDK. */
function countQuestions(client: { send(command: never): Promise<unknown> }, ask: (operation: string) => void): void {
  const send = client.send.bind(client) as (command: object) => Promise<unknown>;
  const counted = (command: object): Promise<unknown> => {
    const operation = command.constructor.name.replace(/Command$/, "");
    if (/^(Describe|List)/.test(operation)) ask(operation);
    return send(command);
  };
  Object.assign(client, { send: counted });
}

/** One action after the other, each in a stage of its own. */
function compileChain() {
  const stages = Array.from(
    { length: ACTIONS },
    (_, index) => `- stage:\n  - custom-script: {alias: step-${index}, image: shop, timeout: 600, commands: make}\n`,
  );
  const { compilation, diagnostics } = compile(
    { name: "pipeline.yaml", text: `version: "1.1"\nname: chain\nstages:\n${stages.join("")}` },
    {
      actionTypes: loadActionTypes([fileURLToPath(BUILT_IN_ACTIONS)]).types,
      kinds: EXECUTOR_KINDS,
      executors: new Map([[EXECUTOR, { name: EXECUTOR, kind: "eks" }]]),
      defaultExecutor: EXECUTOR,
    },
  );
  if (compilation === undefined) throw new Error(`The bench's pipeline is wrong: ${diagnostics[0]?.message}`);
  return { pipeline: compilation.plan.pipeline, compilation };
}

/** Milliseconds from the end of each container of a run to the start of the next. */
function gapsOf(runId: string, keys: readonly string[], { started, ended }: ContainerTimes): number[] {
  return keys.slice(1).map((key, index) => {
    const from = ended.get(`${runId}.${keys[index]}.1`);
    const to = started.get(`${runId}.${key}.1`);
    if (from === undefined || to === undefined) throw new Error(`Nothing was started for ${key} of ${runId}.`);
    return to - from;
  });
}

function report(gaps: readonly number[], asked: ReadonlyMap<string, number>): readonly string[] {
  const sorted = gaps.toSorted((left, right) => left - right);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  const figure = (name: string, value: number, target: number) =>
    `${name.padEnd(8)}${value.toFixed(0).padStart(6)} ms   at most ${target} ms: ${value <= target ? "met" : "NOT MET"}`;
  const calls = [...asked].map(([operation, times]) => `${operation} ${times}`).join(", ");
  return [
    `end of a container to start of the next, ${RUNS} runs at a time of ${ACTIONS} actions each (${gaps.length} gaps)`,
    figure("median", at(0.5), TARGETS.median),
    figure("p99", at(0.99), TARGETS.p99),
    `largest ${at(1).toFixed(0).padStart(6)} ms`,
    `Describe and List calls, and what the executor was asked: ${calls === "" ? "none" : calls}`,
  ];
}
