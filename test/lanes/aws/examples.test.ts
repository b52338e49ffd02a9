import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run as runSchema, submittedRun } from "../../../cli/api/answers.ts";
import { type ApiClient, createApiClient } from "../../../cli/api/api-client.ts";
import { hasRunEnded, type RunView, storeConfig } from "../../../functions/index.ts";
import { Cdk } from "../cdk.ts";
import { type Embedded, startEmbedded } from "../embedded.ts";
import { CONFIGS, EXAMPLES, SHAPES } from "../lane-pipelines.ts";
import { type LaneRow, printTable } from "../lane-table.ts";
import { endingsOf, outcomeOf } from "../outcome.ts";

/** Name of the installation and of its stack: nothing of anybody else's is touched. */
const NAME = "sluice-lane";
const POLL_MILLISECONDS = 2_000;
/** A task of Fargate starts in a minute, and the longest pipeline has eight one after the other. */
const LONGEST_RUN_MILLISECONDS = 20 * 60_000;

const rows: LaneRow[] = [];
const clients = { s3: new S3Client({}), ssm: new SSMClient({}) };
let directory: string;
let embedded: Embedded;
let cdk: Cdk;
let api: ApiClient;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "sluice-aws-"));
  embedded = await startEmbedded();
  const region = await clients.ssm.config.region();
  const images = { agentImage: process.env["SLUICE_AGENT_IMAGE"], defaultImage: process.env["SLUICE_DEFAULT_IMAGE"] };
  cdk = new Cdk({}, directory, { name: NAME, retain: false, alarms: false, pipelines: {}, ...images });
  const { outputs } = await cdk.deploy();
  for (const config of CONFIGS) {
    // Each of them fits into Parameter Store, so that no bucket is needed.
    await storeConfig({ clients, environment: { bucketName: "", configPrefix: `/${NAME}` } }, config);
  }
  api = createApiClient(
    { url: outputs["RunsApiUrl"] ?? "", region, key: () => clients.ssm.config.credentials(), isLocal: false },
    { now: () => Date.now(), wait, every: () => () => undefined },
  );
}, LONGEST_RUN_MILLISECONDS);

afterAll(async () => {
  printTable("On AWS:", rows);
  await cdk?.destroy();
  for (const each of Object.values(clients)) each.destroy();
  await embedded?.[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
}, LONGEST_RUN_MILLISECONDS);

test.concurrent.each([...EXAMPLES, ...SHAPES])(
  "$name ends as on the embedded runtime",
  { timeout: LONGEST_RUN_MILLISECONDS },
  async (pipeline) => {
    const expected = await embedded.run(pipeline);
    const began = performance.now();
    const yaml = await readFile(pipeline.file, "utf8");
    const { runId } = await api.post(["runs"], submittedRun, { yaml });
    const outcome = outcomeOf(await waitForEnd(runId), pipeline);
    const seconds = (performance.now() - began) / 1000;
    rows.push({ pipeline: pipeline.name, engine: "Step Functions, Fargate", outcome, expected, seconds });
    expect(endingsOf(outcome)).toEqual(pipeline.endings);
    expect(outcome).toEqual(expected);
  },
);

async function waitForEnd(runId: string): Promise<RunView> {
  for (;;) {
    const run = await api.get(["runs", runId], runSchema);
    if (hasRunEnded(run.status)) return run;
    await wait(POLL_MILLISECONDS);
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
