import { fileURLToPath } from "node:url";
import fc from "fast-check";
import jsonata from "jsonata";
import { describe, expect, test } from "vitest";
import { FUNCTIONS } from "../../../compiler/asl/lint/functions.ts";
import { lintStateMachine } from "../../../compiler/asl/lint/lint-state-machine.ts";
import { LINT_RULES } from "../../../compiler/asl/lint/rules/index.ts";
import type { Json } from "../../../compiler/model/value.ts";
import { B, FAULTS, LEGAL } from "./machine-faults.ts";
import { planted, SHOP } from "./state-machines.ts";
import { validatorErrors } from "./validator-errors.ts";

/** What is said of every fault; `vitest run test/compiler/asl -u` writes it. */
const FINDINGS = fileURLToPath(new URL("lint-findings.txt", import.meta.url));

describe("lintStateMachine", () => {
  test("finds nothing wrong with a right definition, before and after functions took the place of placeholders", () => {
    expect(lintStateMachine(SHOP)).toEqual([]);
    const deployed = JSON.stringify(SHOP).replaceAll(
      /\$\{\w+\}/g,
      "arn:aws:lambda:eu-central-1:123456789012:function:sluice-execute",
    );
    expect(lintStateMachine(JSON.parse(deployed))).toEqual([]);
    expect(validatorErrors(SHOP)).toEqual([]);
  });

  test.each(FAULTS)("%s: %s", (rule, _, path, value) => {
    expect(lintStateMachine(planted(path, value)).map((problem) => problem.rule)).toContain(rule);
  });

  test.each(LEGAL)("%s: %s is right", (rule, _, path, value) => {
    expect(lintStateMachine(planted(path, value)).filter((problem) => problem.rule === rule)).toEqual([]);
  });

  test("what it takes for functions are functions, of JSONata or of Step Functions", async () => {
    const ours = ["partition", "range", "hash", "random", "uuid", "parse"];
    const types = [...FUNCTIONS].map(async (name) => [name, await jsonata(`$type($${name})`).evaluate({})] as const);
    const unknown = (await Promise.all(types)).filter(([name, type]) => type !== "function" && !ours.includes(name));
    expect(unknown).toEqual([]);
    expect(ours.filter((name) => !FUNCTIONS.has(name))).toEqual([]);
  });

  test("says what is wrong and where", async () => {
    const said = FAULTS.map(([rule, fault, path, value]) => {
      const findings = lintStateMachine(planted(path, value));
      return [`${rule}: ${fault}`, ...findings.map((found) => `  ${found.rule} ${found.path}: ${found.message}`)];
    });
    await expect(`${said.flat().join("\n")}\n`).toMatchFileSnapshot(FINDINGS);
  });

  test("a variable of an outer scope assigned again inside, in either order", () => {
    const outer = planted("States.build.Assign", { version: 1 });
    const both = planted("States.stage 2.Branches.1.States.test.Assign", { version: 2 }, outer);
    expect(lintStateMachine(both)).toEqual([
      {
        rule: "variables",
        path: "States.stage 2.Branches[1].States.test.Assign.version",
        message: '"version" is already assigned in an outer scope, at States.build.Assign.version.',
      },
    ]);
    expect(validatorErrors(both)).toEqual([]);
  });

  test("variables of sibling branches may have the same name, and inner scopes see outer ones", () => {
    const one = planted("States.stage 2.Branches.0.States.lint.Assign", { score: 1 });
    const two = planted("States.stage 2.Branches.1.States.test.Assign", { score: 2 }, one);
    expect(lintStateMachine(two)).toEqual([]);
    const outer = planted("States.build.Assign", { version: 1 });
    const used = planted("States.stage 2.Branches.0.States.lint.Assign", { next: "{% $version + 1 %}" }, outer);
    expect(lintStateMachine(used).filter(({ rule }) => rule === "variables")).toEqual([]);
    const leaked = planted("States.deploy.Assign", { total: "{% $score %}" }, two);
    expect(lintStateMachine(leaked)).toContainEqual(
      expect.objectContaining({ rule: "variables", message: 'No state around here assigns "score".' }),
    );
  });

  test("names that an expression binds itself, and functions, are no variables of the machine", () => {
    const code = "{% ( $sum := function($a, $b) { $a + $b }; $x := $sum(1, 2); $max([$x, $count($states.input)]) ) %}";
    expect(
      lintStateMachine(planted("States.build.Assign", { x: code })).filter(({ rule }) => rule === "variables"),
    ).toEqual([]);
  });

  test("an expression too deep for the parser of JSONata", () => {
    const code = `{% ${"(".repeat(100_000)}1${")".repeat(100_000)} %}`;
    const [found] = lintStateMachine(planted(`${B}.Output`, code));
    expect(found?.message).toMatch(/^The expression cannot be parsed: RangeError: /);
  });

  test("every rule has a planted fault", () => {
    expect(new Set(FAULTS.map(([rule]) => rule))).toEqual(new Set(LINT_RULES.map(({ name }) => name)));
  });

  test("anything at all: a list, never an exception", () => {
    fc.assert(fc.property(fc.anything(), (definition) => Array.isArray(lintStateMachine(definition))));
    fc.assert(
      fc.property(
        fc.constantFrom(
          "States",
          "States.build",
          "States.build.Retry",
          "States.build.Catch.0",
          "States.stage 2.Branches",
          "States.build.Arguments",
        ),
        fc.jsonValue(),
        (path, value) => Array.isArray(lintStateMachine(planted(path, value as Json))),
      ),
    );
  });
});

describe("asl-validator 4", () => {
  test.each(FAULTS)("%s: %s", (_, __, path, value, validator) => {
    const isValid = validatorErrors(planted(path, value)).length === 0;
    expect(isValid ? "lets pass" : "finds").toBe(validator);
  });
});
