import { describe, expect, test } from "vitest";
import { buildGraph } from "../../../compiler/graph/build-graph.ts";
import { compile, InternalCompilerError } from "../../../compiler/index.ts";
import { SHOP_CONTEXT } from "../compile-context.ts";
import { diagnosticsOf, graphOf, pipelineText } from "../compile-text.ts";

describe("stages", () => {
  test("keep their numbers when stages without enabled actions are left out", () => {
    const graph = graphOf(
      pipelineText([["build!"], ["lint", "docs!"], [], ["deploy"]].filter((stage) => stage.length > 0)),
    );
    expect(graph.stages.map(({ number, steps }) => [number, steps.map(({ node }) => node.key)])).toEqual([
      [1, ["lint"]],
      [2, ["deploy"]],
    ]);
    expect(graph.nodes.map(({ key }) => key)).toEqual(["build", "lint", "docs", "deploy"]);
  });

  test.each([
    ["no later if: the error stands", [["a"], ["b"]], [undefined, undefined]],
    ["the next stage with an if", [["a"], ["b"], ["c?"], ["d?"]], [2, 2, 3, undefined]],
    ["an if within a stage of several", [["a"], ["b"], ["c", "d?"]], [2, 2, undefined]],
    ["an own if does not count", [["a?"], ["b"]], [undefined, undefined]],
    ["siblings have no jump of their own", [["a", "b"], ["c?"]], [undefined, undefined]],
    ["a disabled if does not count", [["a"], ["b?"], ["c!"]], [1, undefined]],
  ] as const)("where a failure goes: %s", (_, stages, targets) => {
    expect(graphOf(pipelineText(stages)).stages.map(({ onFailure }) => onFailure)).toEqual(targets);
  });
});

describe("waits", () => {
  const waits = (text: string) =>
    graphOf(text).stages.flatMap(({ steps }) => steps.flatMap(({ wait }) => (wait ? [wait.kind] : [])));
  const wait = (alias: string, more = "") => `  - wait: {alias: ${alias}, params: {wait_time_sec: 5}${more}}\n`;
  const make = (alias: string, more = "") => `  - custom-script: {alias: ${alias}, commands: make${more}}\n`;
  const stages = (...each: readonly string[]) =>
    `version: "1.1"\nstages:\n${each.map((actions) => `- stage:\n${actions}`).join("")}`;

  test.each([
    ["alone", stages(wait("a")), ["fixed"]],
    ["with an if", stages(wait("a", ', if: "${{ 1 == 1 }}"')), ["gated"]],
    ["behind siblings", stages(make("a") + make("b"), wait("c")), ["gated"]],
    ["beside siblings", stages(make("a") + make("b") + wait("c")), ["fixed"]],
    ["behind waits side by side", stages(wait("a") + wait("b"), wait("c")), ["fixed", "fixed", "fixed"]],
    ["jumped over", stages(make("a"), wait("b"), make("c", ', if: "${{ 1 == 1 }}"'), wait("d")), ["fixed", "gated"]],
    ["beside the if that is jumped to", stages(make("a"), make("b", ', if: "${{ 1 == 1 }}"') + wait("c")), ["gated"]],
    ["too long for a state", stages("  - wait: {params: {wait_time_sec: 100000000}}\n"), ["gated"]],
  ])("%s", (_, text, kinds) => {
    expect(waits(text)).toEqual(kinds);
  });

  test.each([
    ["the type's default", { wait_time_sec: 30 }, 30],
    ["a default that is a text", { wait_time_sec: "30" }, 30],
    ["a default that is no time", { wait_time_sec: [30] }, 0],
    ["another param", { minutes: 30 }, 0],
  ] as const)("without their param: %s", (_, defaults, seconds) => {
    const wait = SHOP_CONTEXT.actionTypes.get("wait");
    if (!wait) throw new Error("There is no type wait.");
    const params = Object.entries(defaults).map(([name, value]) => ({
      name,
      type: "any" as const,
      required: false,
      default: value,
      description: "",
    }));
    const actionTypes = new Map([["wait", { ...wait, params }]]);
    const graph = graphOf('version: "1.1"\nstages:\n- stage:\n  - wait: {}\n', { ...SHOP_CONTEXT, actionTypes });
    expect(graph.stages[0]?.steps[0]?.wait).toEqual({ kind: "fixed", seconds });
  });

  test("say what has no effect on them", () => {
    const text = `version: "1.1"\nstages:\n- stage:\n  - wait: {params: {wait_time_sec: 5}, timeout: 60, commands: make, loop: {strategy: {max_times: 3}}}\n`;
    const codes = diagnosticsOf(text).map(([code]) => code);
    expect(codes.filter((code) => code === "lower/no-effect-on-wait")).toHaveLength(3);
  });
});

describe("executors", () => {
  const executorOf = (action: string, defaults = "") =>
    graphOf(`version: "1.1"\n${defaults}stages:\n- stage:\n  - ${action}\n`).nodes.map(
      ({ executor, executorReason, traits }) => [executor, traits.kind, executorReason],
    );

  test.each([
    ["the installation's default", "custom-script: {commands: make}", "local", "process", "installation"],
    ["the type's", "image-build: {params: {context: .}}", "build", "ecs", "type"],
    ["the action's", "image-build: {executor: local, params: {context: .}}", "local", "process", "action"],
    ["none for a native wait", "wait: {params: {wait_time_sec: 5}}", "wait", "wait", "native"],
  ])("%s", (_, action, executor, kind, reason) => {
    expect(executorOf(action)).toEqual([[executor, kind, reason]]);
  });

  test.each([
    ["the pipeline's", "custom-script: {commands: make}", "build", "ecs", "defaults"],
    ["the action's before it", "custom-script: {executor: local, commands: make}", "local", "process", "action"],
    ["a native wait has none all the same", "wait: {params: {wait_time_sec: 5}}", "wait", "wait", "native"],
  ])("with defaults: %s", (_, action, executor, kind, reason) => {
    expect(executorOf(action, "defaults: {executor: build}\n")).toEqual([[executor, kind, reason]]);
  });

  test("with defaults the type's does not count, so that one which does not exist is no error", () => {
    expect(executorOf("page: {}", "defaults: {executor: local}\n")).toEqual([["local", "process", "defaults"]]);
  });

  test("the default for a disabled action whose type asks for one which does not exist", () => {
    expect(executorOf("page: {disable: true}")).toEqual([["local", "process", "installation"]]);
  });

  test("a type that asks for an executor which does not exist", () => {
    const executors = new Map([["local", { name: "local", kind: "process" }]]);
    const text = `version: "1.1"\nstages:\n- stage:\n  - image-build: {params: {context: .}}\n`;
    const result = compile({ name: "pipeline.yaml", text }, { ...SHOP_CONTEXT, executors });
    expect(result.diagnostics).toMatchObject([{ code: "lower/unknown-executor-of-type", severity: "error" }]);
    expect(result.compilation).toBeUndefined();
  });

  test("a context whose parts do not fit together is a bug, not a diagnostic", () => {
    const file = { name: "pipeline.yaml", text: pipelineText([["build"]]) };
    const { pipeline } = compile(file, SHOP_CONTEXT);
    if (!pipeline) throw new Error("There is no pipeline.");
    for (const broken of [{ kinds: new Map() }, { defaultExecutor: "nobody" }, { actionTypes: new Map() }]) {
      expect(() => buildGraph(pipeline, { ...SHOP_CONTEXT, ...broken })).toThrow(InternalCompilerError);
    }
  });
});
