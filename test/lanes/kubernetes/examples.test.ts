import { afterAll, beforeAll, expect, test } from "vitest";
import { type Embedded, startEmbedded } from "../embedded.ts";
import { compileFor, EXAMPLES, type LanePipeline, SHAPES } from "../lane-pipelines.ts";
import { type LaneRow, printTable } from "../lane-table.ts";
import { endingsOf, type Outcome, outcomeOf } from "../outcome.ts";
import { EKS, type EksInstallation, startOnKubernetes } from "./eks-installation.ts";

const rows: LaneRow[] = [];
let embedded: Embedded;
let kubernetes: EksInstallation;

beforeAll(async () => {
  [embedded, kubernetes] = await Promise.all([startEmbedded(), startOnKubernetes()]);
});

afterAll(async () => {
  printTable("On Kubernetes: Jobs of an API server with validation, containers by podman:", rows);
  await Promise.all([kubernetes?.[Symbol.asyncDispose](), embedded?.[Symbol.asyncDispose]()]);
});

async function runOnKubernetes(pipeline: LanePipeline): Promise<Outcome> {
  const { installation } = kubernetes;
  const compilation = compileFor(EKS, pipeline);
  await installation.deploy(compilation);
  const { runId } = await installation.submit({ pipeline: compilation.plan.pipeline });
  return outcomeOf(await installation.waitForEnd(runId), pipeline);
}

test.concurrent.each([...EXAMPLES, ...SHAPES])("$name ends as on the embedded runtime", async (pipeline) => {
  const expected = await embedded.run(pipeline);
  const began = performance.now();
  const outcome = await runOnKubernetes(pipeline);
  const seconds = (performance.now() - began) / 1000;
  rows.push({ pipeline: pipeline.name, engine: "our own, Jobs", outcome, expected, seconds });
  expect(endingsOf(outcome)).toEqual(pipeline.endings);
  expect(outcome).toEqual(expected);
});
