import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { BUILT_IN_ACTIONS, EXECUTOR_KINDS, loadActionTypes } from "../../actions/index.ts";
import { compile, countTransitions } from "../../compiler/index.ts";
import { synthesize } from "../cdk/synthesize.ts";
import {
  type CostLine,
  costOfContainers,
  costOfEndpoints,
  costOfIdleMonth,
  costOfRuns,
  PIPELINE,
  total,
} from "./cost.ts";
import { fillRegions } from "./regions.ts";

const PATH = fileURLToPath(new URL("../../docs/cost.md", import.meta.url));

/** An always-on control plane, a month. Source: reference/aws.md, section 4: EKS, two small nodes, a small database. */
const CONTROL_PLANE = 148;

const transitions = transitionsOfRun();
const runs = costOfRuns(transitions);
const alarms = synthesize({}).ofType("AWS::CloudWatch::Alarm").size;
const endpoints = [
  ...synthesize({ network: { kind: "private" }, agentImage: "agent" })
    .ofType("AWS::EC2::VPCEndpoint")
    .values(),
]
  .map(({ Properties }) => Properties.VpcEndpointType)
  .filter((type) => type === "Interface").length;

test("docs/cost.md has the numbers that the counts give", async () => {
  const idle = costOfIdleMonth(alarms);
  const perRun = total(runs) / 1000;
  const regions = {
    runs: `${table(runs)}\n\nOne such run enters ${transitions} states.`,
    containers: [
      "| Where | Dollars | Sluice's share on top |",
      "|---|---:|---:|",
      ...(
        [
          ["Fargate, x86", costOfContainers("X86_64")],
          ["Fargate, ARM", costOfContainers("ARM64")],
          ["Fargate Spot, x86", costOfContainers("X86_64", true)],
        ] as const
      ).map(([where, dollars]) => `| ${where} | ${dollars.toFixed(2)} | ${percent(total(runs) / dollars)} |`),
    ].join("\n"),
    idle: `${table(idle)}\n\nWithout alarms it is ${(total(idle) - (idle.at(-1)?.dollars ?? 0)).toFixed(2)} dollars. A network without a way out adds ${endpoints} interface endpoints in two zones: ${costOfEndpoints(endpoints).toFixed(0)} dollars a month.`,
    "break-even": `${CONTROL_PLANE} dollars a month pay for ${thousands((CONTROL_PLANE - total(idle)) / perRun)} runs of ${PIPELINE.actions} actions.`,
  };

  await expect(fillRegions(readFileSync(PATH, "utf8"), regions)).toMatchFileSnapshot(PATH);
});

test("the arithmetic is that of the reference: 41.14 dollars of Fargate, a state for each action and stage and the end", () => {
  expect(costOfContainers("X86_64")).toBeCloseTo(41.14, 2);
  expect(costOfContainers("ARM64")).toBeCloseTo(32.92, 2);
  expect(transitions).toBe(PIPELINE.actions + PIPELINE.stages + 1);
  expect(runs[0]?.dollars).toBeCloseTo(0.4, 5);
});

/** States of a run of the pipeline that is computed, compiled. */
function transitionsOfRun(): number {
  const perStage = PIPELINE.actions / PIPELINE.stages;
  const action = (stage: number, at: number) =>
    `      - custom-script:\n          alias: a${stage}-${at}\n          image: node:24\n          commands: npm test\n`;
  const stages = Array.from({ length: PIPELINE.stages }, (_, stage) => {
    const actions = Array.from({ length: perStage }, (_unused, at) => action(stage, at)).join("");
    return `  - stage:\n${actions}`;
  });
  const { types } = loadActionTypes([fileURLToPath(BUILT_IN_ACTIONS)]);
  const { compilation } = compile(
    { name: "cost.yaml", text: `version: 1.1\nname: cost\nstages:\n${stages.join("")}` },
    {
      actionTypes: types,
      kinds: EXECUTOR_KINDS,
      executors: new Map([["ecs", { name: "ecs", kind: "ecs" }]]),
      defaultExecutor: "ecs",
    },
  );
  return compilation === undefined ? Number.NaN : countTransitions(compilation.machine.definition, {});
}

function table(lines: readonly CostLine[]): string {
  return [
    "| What | How many | Dollars |",
    "|---|---:|---:|",
    ...lines.map(({ what, count, dollars }) => `| ${what} | ${counted(count)} | ${dollars.toFixed(3)} |`),
    `| **Together** | | **${total(lines).toFixed(2)}** |`,
  ].join("\n");
}

function counted(count: number): string {
  return count < 10 ? count.toFixed(2) : Math.round(count).toLocaleString("en");
}

function thousands(count: number): string {
  return (Math.round(count / 1000) * 1000).toLocaleString("en");
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
