import { afterAll, beforeAll, expect, test } from "vitest";
import { type Embedded, startEmbedded } from "../embedded.ts";
import { EXAMPLES, SHAPES } from "../lane-pipelines.ts";
import { type LaneRow, printTable } from "../lane-table.ts";
import { endingsOf } from "../outcome.ts";
import { type MotoInstallation, startOnMoto } from "./moto-installation.ts";

const rows: LaneRow[] = [];
let embedded: Embedded;
let moto: MotoInstallation;

beforeAll(async () => {
  [embedded, moto] = await Promise.all([startEmbedded(), startOnMoto()]);
});
afterAll(async () => {
  printTable("On moto's engine, with moto's DynamoDB, S3, Parameter Store and EventBridge:", rows);
  await Promise.all([moto?.[Symbol.asyncDispose](), embedded?.[Symbol.asyncDispose]()]);
});

test.concurrent.each([...EXAMPLES, ...SHAPES])("$name ends as on our own engine", async (pipeline) => {
  const expected = await embedded.run(pipeline);
  const began = performance.now();
  const outcome = await moto.run(pipeline);
  const seconds = (performance.now() - began) / 1000;
  rows.push({ pipeline: pipeline.name, engine: "moto 5.2.1, processes", outcome, expected, seconds });
  expect(endingsOf(outcome)).toEqual(pipeline.endings);
  expect(outcome).toEqual(expected);
});
