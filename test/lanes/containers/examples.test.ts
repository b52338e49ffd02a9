import { afterAll, expect, test } from "vitest";
import type { RunJson } from "../../../cli/run/run-json.ts";
import { EXAMPLES, type LanePipeline, SHAPES } from "../lane-pipelines.ts";
import { type LaneRow, printTable } from "../lane-table.ts";
import { endingsOf, type Outcome, outcomeOf } from "../outcome.ts";
import { type Ended, openDesk } from "./cli.ts";
import { leftovers } from "./podman.ts";

const rows: LaneRow[] = [];
afterAll(() => printTable("sluice run --containers, with podman, beside sluice run:", rows));

/** What the examples are given, in the words of their headers. */
const INPUTS = [
  ...["--config", "registry=registry.shop.example"],
  ...["--secret", "SHOP_TOKEN"],
  ...["--secret-file", "shop.key=key.pem"],
];

function read({ code, out, err }: Ended, pipeline: LanePipeline): Outcome & { readonly code: number } {
  if (out === "") throw new Error(`nothing on stdout (exit ${code}):\n${err}`);
  const run = JSON.parse(out) as RunJson;
  const actions = run.actions.map((action) => ({ ...action, alias: action.name }));
  return { ...outcomeOf({ ...run, actions } as never, pipeline), code };
}

test.concurrent.each([...EXAMPLES, ...SHAPES])("$name ends as in processes", async (pipeline) => {
  using desk = openDesk({ SHOP_TOKEN: "correct-horse-battery" });
  desk.write("key.pem", "-----BEGIN SHOP KEY-----\n");
  const args = [...INPUTS, "--format", "json"];
  const processes = await desk.runAsProcesses(pipeline.file, args);
  const began = performance.now();
  const containers = await desk.runInContainers(pipeline.file, args);
  const seconds = (performance.now() - began) / 1000;
  const [expected, outcome] = [read(processes, pipeline), read(containers, pipeline)];
  rows.push({ pipeline: pipeline.name, engine: "our own, podman", outcome, expected, seconds });
  expect(endingsOf(outcome), containers.err).toEqual(pipeline.endings);
  expect(outcome).toEqual(expected);
  expect(containers.err + containers.out).not.toContain("correct-horse-battery");
});

test("nothing of all that is left", () => {
  expect(leftovers()).toEqual([]);
});
