import { describe, expect, test } from "vitest";
import { emitMachine } from "../../../compiler/emit/emit-machine.ts";
import { compile } from "../../../compiler/index.ts";
import { lowerMachine } from "../../../compiler/lower/lower-machine.ts";
import { checkLimits } from "../../../compiler/report/check-limits.ts";
import { countCosts } from "../../../compiler/report/costs.ts";
import { SHOP_CONTEXT } from "../compile-context.ts";
import { compileText, diagnosticsOf, graphOf, pipelineText } from "../compile-text.ts";

const loop = (strategy: string, more = "") => `version: "1.1"
name: shop
stages:
- stage:
  - custom-script: {alias: ready, commands: make, loop: {strategy: {${strategy}}}${more}}
`;

describe("transitions", () => {
  test.each([
    ["nothing to do", [], { least: 1, most: 1, success: 1 }],
    ["in a row", [["a"], ["b"], ["c"]], { least: 1, most: 3, success: 3 }],
    ["siblings", [["a", "b"]], { least: 4, most: 4, success: 4 }],
    ["siblings, then one", [["a", "b"], ["c"]], { least: 4, most: 5, success: 5 }],
    ["a jump", [["a"], ["b"], ["c"], ["d?"]], { least: 2, most: 5, success: 5 }],
    ["a jump that always ends", [["a"], ["b"], ["c"], ["d?", "e"]], { least: 5, most: 7, success: 7 }],
  ])("%s", (_, stages, transitions) => {
    expect(compileText(pipelineText(stages)).report.transitions).toEqual(transitions);
  });

  test("repetitions count as far as the timeout lets them", () => {
    const all = compileText(loop("max_times: 10, interval_sec: 5, decline_ratio: 1")).report;
    expect(all.transitions).toEqual({ least: 1, most: 10, success: 1 });
    const cut = compileText(loop("max_times: 10, interval_sec: 5, decline_ratio: 1", ", timeout: 12")).report;
    expect(cut.transitions.most).toBe(3);
  });
});

describe("events", () => {
  test.each([
    ["nothing to do", [], 2 + 2],
    ["in a row", [["a"], ["b"]], 2 + 2 * 6],
    ["siblings", [["a", "b"]], 2 + 4 + 2 * (6 + 2) + 6],
  ])("%s", (_, stages, events) => {
    expect(compileText(pipelineText(stages)).report.worstCaseEvents).toBe(events);
  });

  test("an action that works inside the function costs one event less", () => {
    const kinds = new Map(
      [...SHOP_CONTEXT.kinds].map(([kind, traits]) => [kind, { ...traits, integration: "function" as const }]),
    );
    const { report } = compileText(pipelineText([["a"], ["b"]]), { ...SHOP_CONTEXT, kinds });
    expect(report.worstCaseEvents).toBe(2 + 2 * 5);
  });

  test("each repetition adds four", () => {
    const { report } = compileText(loop("max_times: 10, interval_sec: 5, decline_ratio: 1"));
    expect(report.worstCaseEvents).toBe(2 + 6 + 9 * 4);
  });
});

describe("limits", () => {
  test("a loop that may fill the history is a warning at the loop", () => {
    const text = loop("max_times: -1, interval_sec: 1, decline_ratio: 1", ", timeout: -1");
    expect(diagnosticsOf(text)).toEqual([
      ["lower/loop-may-exhaust-history", expect.stringMatching(/^\{strategy: .*ratio: 1\}\}$/)],
    ]);
    expect(compile({ name: "pipeline.yaml", text }, SHOP_CONTEXT).diagnostics[0]?.message).toBe(
      'The repetitions of "ready" may need 400000004 history events, but Step Functions ends the run at 25000.',
    );
    expect(diagnosticsOf(text.replace("timeout: -1", "timeout: 600"))).toEqual([]);
  });

  test("named is the policy that repeats most", () => {
    const text = `version: "1.1"
stages:
- stage:
  - custom-script: {alias: ready, commands: make, timeout: -1, loop: {strategy: {max_times: 10}}}
- stage:
  - custom-script: {alias: pack, commands: make}
- stage:
  - custom-script: {alias: upload, commands: make, timeout: -1, retry: {max_times: 9000, interval_sec: 1}}
`;
    expect(diagnosticsOf(text)).toEqual([["lower/loop-may-exhaust-history", "{max_times: 9000, interval_sec: 1}"]]);
  });

  test("more actions than fit into a definition are an error", () => {
    const stages = Array.from({ length: 1600 }, (_, index) => [`step ${index} of the release of the shop`]);
    const { diagnostics } = compile({ name: "pipeline.yaml", text: pipelineText(stages) }, SHOP_CONTEXT);
    expect(diagnostics).toMatchObject([{ code: "lower/definition-too-large", span: { start: 0, end: 0 } }]);
    expect(diagnostics[0]?.message).toMatch(
      /^The state machine takes 1\d{6} bytes, but Step Functions allows 1048576\.$/,
    );
  });
});

test("more events than a history holds are an error", () => {
  const file = { name: "pipeline.yaml", text: pipelineText([["build"]]) };
  const lowered = lowerMachine(graphOf(file.text), "shop");
  const costs = { ...countCosts(lowered), eventsWithoutRetries: 25_001 };
  expect(checkLimits(lowered, emitMachine(lowered), costs, file)).toMatchObject([
    {
      code: "lower/too-many-events",
      severity: "error",
      message:
        "A run needs up to 25001 history events even if nothing is repeated, but Step Functions ends it at 25000.",
    },
  ]);
});

test("a stage of waits has no states but theirs and its own", () => {
  const wait = (alias: string) => `  - wait: {alias: ${alias}, params: {wait_time_sec: 5}}\n`;
  const { report } = compileText(`version: "1.1"\nstages:\n- stage:\n${wait("warm up")}${wait("cool down")}`);
  expect(Object.keys(report.sourceMap)).toEqual(["stage 1", "warm up", "cool down"]);
});

test("states and actions have places in the file", () => {
  const text = `version: "1.1"
stages:
- stage:
  - custom-script: {alias: build, commands: make}
- stage:
  - custom-script: {alias: lint, commands: make}
  - wait: {alias: pause, params: {wait_time_sec: "\${{ outputs.build.pause }}"}}
  - custom-script: {alias: off, disable: true}
`;
  const { report, machine } = compileText(text);
  const place = (line: number, source: string) => ({ line, column: 5, endLine: line, endColumn: 5 + source.length });
  expect(report.sourceMap).toMatchObject({
    build: place(4, "custom-script: {alias: build, commands: make}"),
    lint: { line: 6, column: 5 },
    "lint caught": { line: 6 },
    pause: { line: 7, column: 5 },
    "pause wait": { line: 7 },
    "pause caught": { line: 7 },
    "stage 2": { line: 5 },
  });
  expect(report.actions).toEqual([
    {
      key: "build",
      alias: "build",
      state: "build",
      kind: "process",
      executor: "local",
      executorReason: "installation",
      line: 4,
      column: 5,
    },
    {
      key: "lint",
      alias: "lint",
      state: "lint",
      kind: "process",
      executor: "local",
      executorReason: "installation",
      line: 6,
      column: 5,
    },
    {
      key: "pause",
      alias: "pause",
      state: "pause",
      kind: "wait",
      executor: "wait",
      executorReason: "native",
      line: 7,
      column: 5,
    },
    {
      key: "off",
      alias: "off",
      state: null,
      kind: "process",
      executor: "local",
      executorReason: "installation",
      line: 8,
      column: 5,
    },
  ]);
  expect(report.machine).toEqual({ name: machine.name, hash: machine.hash, states: 8, bytes: machine.body.length });
});
