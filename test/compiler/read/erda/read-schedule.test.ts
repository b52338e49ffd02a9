import { describe, expect, test } from "vitest";
import { compile } from "../../../../compiler/index.ts";
import { BUILT_IN_CONTEXT } from "../../built-in-context.ts";

/** Compiles a pipeline with these lines at its top. */
function compileWith(top: string) {
  const text = `version: "1.1"\nname: shop\n${top}\nstages:\n- stage:\n  - echo: {params: {text: hello}}\n`;
  return compile({ name: "pipeline.yaml", text }, BUILT_IN_CONTEXT);
}

const codesOf = (top: string) => compileWith(top).diagnostics.map(({ code, help }) => `${code}: ${help}`);

describe("the plan", () => {
  test("has the schedule in the words of EventBridge Scheduler, by default in UTC and without overlaps", () => {
    expect(compileWith('cron: "30 2 * * mon-fri"').compilation?.plan.schedule).toEqual({
      cron: "30 2 * * mon-fri",
      expressions: ["cron(30 2 ? * 2-6 *)"],
      timezone: "UTC",
      overlap: "forbid",
    });
    const top = "cron: ' 0 0 13 * fri '\ncron_timezone: asia/shanghai\ncron_overlap: replace";
    expect(compileWith(top).compilation?.plan.schedule).toEqual({
      cron: "0 0 13 * fri",
      expressions: ["cron(0 0 13 * ? *)", "cron(0 0 ? * 6 *)"],
      timezone: "Asia/Shanghai",
      overlap: "replace",
    });
    expect(compileWith('cron: "0 0 */2 * fri"').compilation?.plan.schedule?.onlyDaysOfWeek).toEqual([5]);
  });

  test("has none where the file has none, so that nothing of it changes", () => {
    for (const top of ["", "cron:", "cron: ''"])
      expect(compileWith(top).compilation?.plan).not.toHaveProperty("schedule");
  });

  test("has none where the time never comes", () => {
    const { compilation, diagnostics } = compileWith('cron: "0 0 31 6 *"');
    expect(diagnostics.map(({ code }) => code)).toEqual(["read/cron-never"]);
    expect(compilation?.plan).not.toHaveProperty("schedule");
  });
});

describe("beside cron", () => {
  test.each([
    ["cron: [a]\ncron_timezone: UTC", [expect.stringMatching(/^read.wrong-type/)]],
    ["cron_overlap: allow", ['read/cron-alone: Take "cron_overlap" away.']],
    ['cron: "@every 5m"\ncron_overlap: allow', []],
    ['cron: "0 3 * * *"\ncron_timezone:\ncron_overlap: ""', []],
    ['cron: "0 3 * * *"\ncron_overlap: replac', ['read/unknown-overlap: Did you mean "replace"?']],
    ['cron: "0 3 * * *"\ncron_overlap: Cancel', ['read/unknown-overlap: Write "replace".']],
    ['cron: "0 3 * * *"\ncron_timezone: UTX', ['read/unknown-time-zone: Did you mean "UTC"?']],
    ["timezone: UTC\ncron: 0 3 * * *", ['read/unknown-key: Write "cron_timezone".']],
    ["concurrencyPolicy: forbid\ncron: 0 3 * * *", ['read/unknown-key: Write "cron_overlap".']],
  ])("%s", (top, codes) => {
    expect(codesOf(top)).toEqual(codes);
  });
});

test("a required param without a default keeps its runs from starting, and another does not", () => {
  const codes = (param: string) => codesOf(`cron: "0 3 * * *"\nparams: [${param}]`).map((code) => code.split(":")[0]);
  expect(codes("{name: target, required: true}")).toEqual(["validate/param-of-scheduled-run"]);
  expect(codes("{name: target, required: true, default: staging}")).toEqual([]);
  expect(codes("{name: target}")).toEqual([]);
});

test("everything that is wrong with a cron is told at once, in any style of YAML", () => {
  const { diagnostics } = compileWith("cron: >-\n  61\n  25 * * 7");
  expect(diagnostics.map(({ code, file, span }) => `${code} ${file.text.slice(span.start, span.end)}`)).toEqual([
    "read/cron-value 61",
    "read/cron-value 25",
    "read/cron-value 7",
  ]);
});
