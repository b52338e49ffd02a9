import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runList, run as runSchema } from "../../../cli/api/answers.ts";
import { type Embedded, startEmbedded } from "../embedded.ts";
import { compileFor, EXAMPLES, type LanePipeline, SHAPES } from "../lane-pipelines.ts";
import { type LaneRow, printTable } from "../lane-table.ts";
import { endingsOf, outcomeOf } from "../outcome.ts";
import { type Deployment, deployOnMiniStack, fromRoot } from "./deployment.ts";
import { type Mailbox, openMailbox } from "./mailbox.ts";

/** Examples that the stack deploys; files of the same pipeline in another spelling are submitted as text. */
const DEPLOYED = {
  Shop: "shop",
  FailureAndCleanup: "failure-and-cleanup",
  LoopUntilReady: "loop-until-ready",
  PublishedExample: "published-example/documented",
  SecretsAndConfigs: "secrets-and-configs",
} as const;
const IS_DEPLOYED: ReadonlySet<string> = new Set(Object.values(DEPLOYED));
/** What the stack compiles for. */
const ECS = { name: "ecs", kind: "ecs" } as const;
const PUNCTUAL = new URL("punctual.yaml", import.meta.url);

const rows: LaneRow[] = [];
let embedded: Embedded;
let deployment: Deployment;
let mailbox: Mailbox;

beforeAll(async () => {
  const fileOf = (name: string) => EXAMPLES.find((example) => example.name === name)?.file ?? "";
  const pipelines = Object.fromEntries(Object.entries(DEPLOYED).map(([id, name]) => [id, fromRoot(fileOf(name))]));
  embedded = await startEmbedded();
  deployment = await deployOnMiniStack({
    agentImage: "localhost/sluice-agent:dev",
    defaultImage: "localhost/sluice-base:dev",
    retain: false,
    notifications: [{ name: "operators", target: { kind: "sns" } }],
    pipelines: { ...pipelines, Punctual: fromRoot(PUNCTUAL.pathname) },
  });
  mailbox = await openMailbox(deployment.ministack, (topicArn) => topicArn.includes("Notifications"));
});
afterAll(async () => {
  printTable("After cdk deploy into MiniStack 1.4.21, actions in containers of podman:", rows);
  await mailbox?.[Symbol.asyncDispose]();
  await deployment?.stop();
  await embedded?.[Symbol.asyncDispose]();
});

/** Runs a pipeline there and here. */
async function compare(pipeline: LanePipeline): Promise<void> {
  const expected = await embedded.run(pipeline);
  const submission = IS_DEPLOYED.has(pipeline.name)
    ? { pipeline: compileFor(ECS, pipeline).plan.pipeline }
    : { yaml: readFileSync(pipeline.file, "utf8") };
  const began = performance.now();
  const { run, executionArn } = await deployment.run(submission);
  const outcome = outcomeOf(run, pipeline);
  const seconds = (performance.now() - began) / 1000;
  const engine = `${deployment.states.engineOf(executionArn)}, containers`;
  rows.push({ pipeline: pipeline.name, engine, outcome, expected, seconds });
  expect(endingsOf(outcome), deployment.ministack.log().slice(-3000)).toEqual(pipeline.endings);
  expect(outcome).toEqual(expected);
}

describe("submitted through the API by HTTP, and executed after cdk deploy", () => {
  test.concurrent.each(EXAMPLES)("$name ends as on the embedded runtime", compare);
  test.concurrent.each(SHAPES)("$name ends as on the embedded runtime", compare);
});

test("a run is started by its schedule", { timeout: 120_000 }, async () => {
  const scheduled = await deployment.poll(async () => {
    const { runs } = await deployment.api.get(["runs"], runList, { pipeline: "punctual" });
    return runs[0];
  });
  const run = await deployment.waitForEnd(scheduled.runId);
  expect(run.status).toBe("succeeded");
  expect(await deployment.api.get(["runs", run.runId], runSchema)).toMatchObject({ outputs: { told: "on time" } });
});

test("who subscribed is told how runs ended", { timeout: 60_000 }, async () => {
  const about = (pipeline: string) => mailbox.messages.find(({ text }) => text.includes(pipeline));
  const good = await deployment.poll(() => about("loop until ready"));
  expect(good.text).toMatch(/succeeded/);
  const bad = await deployment.poll(() => about("failure and cleanup"));
  expect(bad.text).toMatch(/failed/);
});

test("deploying again changes nothing", async () => {
  const { text } = await deployment.cdk.deploy();
  expect(text).toMatch(/no changes/);
});
