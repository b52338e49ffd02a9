import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lintStateMachine } from "../../../compiler/asl/lint/lint-state-machine.ts";
import { LINT_RULES } from "../../../compiler/asl/lint/rules/index.ts";
import type { Json } from "../../../compiler/model/value.ts";
import { planted, SHOP } from "./state-machines.ts";
import { validatorErrors } from "./validator-errors.ts";

const B = "States.build";
const RETRY = `${B}.Retry.1`;
const WAIT_LOOP: Json = { Type: "Pass", Next: "settle" };

/** `lets pass`: asl-validator 4 finds nothing wrong with the same fault. */
type Fault = readonly [
  rule: string,
  fault: string,
  path: string,
  value: Json | undefined,
  validator: "lets pass" | "finds",
];

const FAULTS: readonly Fault[] = [
  ["shape", "another query language", "QueryLanguage", "JSONPath", "finds"],
  ["shape", "no query language", "QueryLanguage", undefined, "finds"],
  ["shape", "no start", "StartAt", undefined, "finds"],
  ["shape", "an unknown type", `${B}.Type`, "Toil", "finds"],
  ["shape", "a Parallel without branches", "States.stage 2.Branches", [], "lets pass"],
  ["shape", "a branch without states", "States.stage 2.Branches.0.States", {}, "finds"],
  ["shape", "a retrier outside a list", `${B}.Retry`, { ErrorEquals: ["States.ALL"] }, "finds"],
  ["size", "a definition above 1 MB", "Comment", "x".repeat(1_048_576), "lets pass"],
  ["known-fields", "a field of JSONPath", `${B}.ResultPath`, null, "finds"],
  ["known-fields", "a misspelt field", `${B}.TimeoutSecond`, 5, "finds"],
  ["known-fields", "a field of another type of state", "States.settle wait.Arguments", {}, "finds"],
  ["known-fields", "a misspelt field of a retrier", `${RETRY}.MaxAttempt`, 5, "lets pass"],
  ["known-fields", "a field of the machine in a branch", "States.stage 2.Branches.0.TimeoutSeconds", 5, "lets pass"],
  [
    "state-names",
    "a name above 80 characters",
    `States.stage 2.Branches.0`,
    { StartAt: "x".repeat(81), States: { ["x".repeat(81)]: { Type: "Pass", End: true } } },
    "finds",
  ],
  [
    "state-names",
    "a name that another scope has",
    "States.stage 2.Branches.0",
    { StartAt: "deploy", States: { deploy: { Type: "Pass", End: true } } },
    "finds",
  ],
  ["transitions", "a start that is not there", "StartAt", "nowhere", "finds"],
  ["transitions", "a transition to nowhere", `${B}.Next`, "nowhere", "finds"],
  ["transitions", "a catcher to nowhere", `${B}.Catch.0.Next`, "nowhere", "finds"],
  [
    "transitions",
    "a transition out of a branch",
    "States.stage 2.Branches.0.States.lint",
    { Type: "Pass", Next: "deploy" },
    "finds",
  ],
  ["transitions", "neither Next nor End", `${B}.Next`, undefined, "finds"],
  ["transitions", "both Next and End", `${B}.End`, true, "finds"],
  ["transitions", "End that is false", "States.deploy.End", false, "finds"],
  ["reachability", "a state that nothing leads to", "States.orphan", { Type: "Succeed" }, "finds"],
  ["reachability", "states that never end", "States.deploy", { Type: "Pass", Next: "build" }, "finds"],
  ["no-poll-loop", "a Wait in a cycle", "States.deploy", { ...WAIT_LOOP }, "finds"],
  ["resources", "a resource of another service", `${B}.Resource`, "arn:aws:states:::ecs:runTask.sync", "lets pass"],
  ["resources", "a token that nobody waits for", `${B}.Resource`, "arn:aws:states:::lambda:invoke", "lets pass"],
  ["resources", "a callback without its token", `${B}.Arguments.Payload.token`, undefined, "lets pass"],
  ["timeouts", "a Task without timeout", `${B}.TimeoutSeconds`, undefined, "lets pass"],
  ["timeouts", "a timeout of 0", `${B}.TimeoutSeconds`, 0, "finds"],
  ["timeouts", "a timeout with a fraction", `${B}.TimeoutSeconds`, 1.5, "finds"],
  ["timeouts", "a heartbeat at the timeout", `${B}.HeartbeatSeconds`, 3960, "lets pass"],
  ["timeouts", "a heartbeat above the timeout", `${B}.HeartbeatSeconds`, 4000, "lets pass"],
  ["timeouts", "a heartbeat that nobody sends", "States.settle.HeartbeatSeconds", 60, "lets pass"],
  ["waits", "seconds with a fraction", "States.settle wait.Seconds", 1.5, "lets pass"],
  ["waits", "negative seconds", "States.settle wait.Seconds", -1, "finds"],
  ["waits", "nothing to wait for", "States.settle wait.Seconds", undefined, "finds"],
  ["waits", "both seconds and a timestamp", "States.settle wait.Timestamp", "2026-01-01T00:00:00Z", "finds"],
  ["retriers", "an interval of 0", `${RETRY}.IntervalSeconds`, 0, "lets pass"],
  ["retriers", "an interval with a fraction", `${RETRY}.IntervalSeconds`, 0.5, "lets pass"],
  ["retriers", "negative attempts", `${RETRY}.MaxAttempts`, -1, "finds"],
  ["retriers", "too many attempts", `${RETRY}.MaxAttempts`, 100_000_000, "lets pass"],
  ["retriers", "a rate below 1", `${RETRY}.BackoffRate`, 0.5, "lets pass"],
  ["retriers", "a longest delay at the interval", `${RETRY}.MaxDelaySeconds`, 5, "lets pass"],
  ["retriers", "a longest delay above a year", `${RETRY}.MaxDelaySeconds`, 31_622_400, "lets pass"],
  ["retriers", "an unknown jitter", `${RETRY}.JitterStrategy`, "HALF", "lets pass"],
  ["states-all", "States.ALL among others", `${B}.Catch.0.ErrorEquals`, ["States.ALL", "States.Timeout"], "lets pass"],
  ["states-all", "States.ALL before others", `${B}.Retry.0.ErrorEquals`, ["States.ALL"], "lets pass"],
  ["error-names", "an error that nobody reports", `${RETRY}.ErrorEquals`, ["Sluice.Agian"], "lets pass"],
  ["error-names", "an error that cannot be caught", `${RETRY}.ErrorEquals`, ["States.Runtime"], "lets pass"],
  ["error-names", "a delay that is no number", `${RETRY}.ErrorEquals`, ["Sluice.Again.soon"], "lets pass"],
  ["error-names", "an error that is handled before", `${RETRY}.ErrorEquals`, ["Sluice.Retryable"], "lets pass"],
  ["error-names", "no error at all", `${RETRY}.ErrorEquals`, [], "lets pass"],
  ["expressions", "an expression that cannot be parsed", `${B}.Output`, "{% $states.result. %}", "finds"],
  ["expressions", "an expression that does not end", `${B}.Output`, "{% $states.input", "finds"],
  ["expressions", "an expression with text before it", `${B}.Output`, "is {% $states.input %}", "finds"],
  ["expressions", "$eval", `${B}.Output`, "{% $eval('1 + 1') %}", "lets pass"],
  ["expressions", "an expression as a resource", `${B}.Resource`, "{% 'x' %}", "finds"],
  ["variables", "assignment of states", `${B}.Assign`, { states: 1 }, "lets pass"],
  ["variables", "a name that is none", `${B}.Assign`, { "my-name": 1 }, "lets pass"],
  ["variables", "a variable that nobody assigns", `${B}.Output`, "{% $version %}", "lets pass"],
  ["states-object", "a result that is not there", "States.settle wait.Output", "{% $states.result %}", "lets pass"],
  ["states-object", "an error outside a catcher", `${B}.Output`, "{% $states.errorOutput.Error %}", "lets pass"],
  [
    "states-object",
    "a result before there is one",
    `${B}.Arguments.Payload.token`,
    "{% $states.result.x %}",
    "lets pass",
  ],
  ["states-object", "all of $states", `${B}.Output`, "{% $states %}", "lets pass"],
  ["no-user-text", "a command in the payload", `${B}.Arguments.Payload.commands`, "make", "lets pass"],
  ["no-user-text", "a text as an action", `${B}.Arguments.Payload.action`, "../build it", "lets pass"],
  ["no-user-text", "an expression as an action", `${B}.Arguments.Payload.action`, "{% $states.input %}", "lets pass"],
  ["no-user-text", "another argument", `${B}.Arguments.InvocationType`, "Event", "lets pass"],
  ["no-user-text", "a name that is no function", `${B}.Arguments.FunctionName`, "shop-function", "lets pass"],
  ["no-user-text", "a text as output", `${B}.Output`, { said: "hello" }, "lets pass"],
  ["no-user-text", "a comment", `${B}.Comment`, "builds the shop", "lets pass"],
];

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
