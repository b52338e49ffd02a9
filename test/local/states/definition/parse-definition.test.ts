import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { parseDefinition } from "../../../../local/states/definition/parse-definition.ts";
import { formatProblem } from "../../../../local/states/definition/problem.ts";
import { createLambdaIntegrations } from "../../../../local/states/tasks/lambda.ts";

const environment = { now: () => 0, random: randomBytes };
const findIntegration = createLambdaIntegrations({
  invoke: () => Promise.reject(new Error("not called")),
  ...environment,
});

/** The problems of a definition, one line each. */
function problemsOf(definition: unknown): readonly string[] {
  const { machine, problems } = parseDefinition(JSON.stringify(definition), { environment, findIntegration });
  expect(machine === undefined).toBe(problems.length > 0);
  return problems.map(formatProblem);
}

/** Problems of one state, with the path inside it. */
function problemsOfState(state: object, others: object = {}): readonly string[] {
  const lines = problemsOf({ QueryLanguage: "JSONata", StartAt: "only", States: { only: state, ...others } });
  return lines.map((line) => line.replace(/^SCHEMA_VALIDATION_FAILED: /, "").replace("/States/only", ""));
}

const PASS = { Type: "Pass", End: true };
const TASK = {
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Arguments: { FunctionName: "build" },
  End: true,
};
const END = { end: { Type: "Succeed" } };

describe("fields", () => {
  const cases: readonly (readonly [name: string, state: object, problems: readonly string[]])[] = [
    ["unknown", { ...PASS, Colour: 1 }, ['The field "Colour" is not supported by Step Functions at /Colour']],
    [
      "of JSONPath",
      { ...PASS, Result: 1 },
      ['The field "Result" is not supported when the QueryLanguage is "JSONata" at /Result'],
    ],
    ["not there yet", { ...TASK, Credentials: {} }, ['The field "Credentials" is not supported yet at /Credentials']],
    [
      "no type",
      { End: true },
      ['Expected the field "Type" to be one of Task, Pass, Wait, Choice, Succeed, Fail, Parallel, Map at '],
    ],
    ["Next and End", { ...PASS, Next: "only" }, ['Expected either the field "Next" or "End": true at ']],
    ["neither", { Type: "Pass" }, ['Expected either the field "Next" or "End": true at ']],
    [
      "Resource",
      { ...TASK, Resource: "arn:aws:states:::sqs:sendMessage" },
      ['The resource "arn:aws:states:::sqs:sendMessage" is not supported at /Resource'],
    ],
    [
      "an argument",
      { ...TASK, Arguments: { FunctionName: "f", LogType: "Tail" } },
      ['The argument "LogType" is not supported at /Arguments/LogType'],
    ],
    [
      "heartbeat",
      { ...TASK, TimeoutSeconds: 5, HeartbeatSeconds: 5 },
      ["HeartbeatSeconds must be smaller than TimeoutSeconds at /HeartbeatSeconds"],
    ],
    ["a range", { ...TASK, TimeoutSeconds: 0 }, ["Expected an integer from 1 to 99999999 at /TimeoutSeconds"]],
    ["Seconds", { Type: "Wait", Seconds: -1, End: true }, ["Expected an integer from 0 to 99999999 at /Seconds"]],
    [
      "two ways to wait",
      { Type: "Wait", Seconds: 1, Timestamp: "2026-01-01T00:00:00Z", End: true },
      ['Expected either the field "Seconds" or the field "Timestamp" at '],
    ],
    [
      "a timestamp",
      { Type: "Wait", Timestamp: "tomorrow", End: true },
      ["Expected a timestamp in the form 2016-08-18T17:33:00Z at /Timestamp"],
    ],
    [
      "a retrier",
      { ...TASK, Retry: [{ ErrorEquals: ["Busy"], IntervalSeconds: 0, BackoffRate: 0.5, JitterStrategy: "HALF" }] },
      [
        "Expected an integer from 1 to 99999999 at /Retry[0]/IntervalSeconds",
        'Expected "FULL" or "NONE" at /Retry[0]/JitterStrategy',
        "Expected a number from 1 to 1.7976931348623157e+308 at /Retry[0]/BackoffRate",
      ],
    ],
    [
      "States.ALL",
      { ...TASK, Retry: [{ ErrorEquals: ["States.ALL", "Busy"] }] },
      ['"States.ALL" must stand alone and last at /Retry[0]/ErrorEquals'],
    ],
    [
      "a list",
      { Type: "Map", Items: 5, ItemProcessor: { StartAt: "each", States: { each: PASS } }, End: true },
      ["Expected a list or an expression of one at /Items"],
    ],
    [
      "a mode",
      {
        Type: "Map",
        ItemProcessor: { ProcessorConfig: { Mode: "DISTRIBUTED" }, StartAt: "each", States: { each: PASS } },
        End: true,
      },
      ['The mode "DISTRIBUTED" is not supported yet at /ItemProcessor/ProcessorConfig/Mode'],
    ],
    [
      "a variable",
      { ...PASS, Assign: { states: 1, "a b": 2 } },
      ['"states" cannot be the name of a variable at /Assign', '"a b" cannot be the name of a variable at /Assign'],
    ],
    [
      "an expression",
      { ...PASS, Output: { total: "{% 1 + %}" } },
      ["S0207: Unexpected end of expression at /Output/total"],
    ],
    ["$eval", { ...PASS, Output: "{% $eval('1') %}" }, ["The function $eval is not supported. at /Output"]],
    [
      "?? of a later JSONata",
      { ...PASS, Output: "{% $a ?? 1 %}" },
      ['S0211: The symbol "?" cannot be used as a unary operator at /Output'],
    ],
  ];
  test.each(cases)("%s", (_name, state, problems) => {
    expect(problemsOfState(state)).toEqual(problems);
  });
});

describe("transitions", () => {
  test("lead to states of the same flow", () => {
    const Catch = [{ ErrorEquals: ["Busy"], Next: "lost" }];
    expect(problemsOfState({ ...TASK, End: undefined, Next: "gone", Catch })).toEqual([
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: gone at /Next",
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: lost at /Catch[0]/Next",
    ]);
  });

  test("reach every state", () => {
    expect(problemsOfState(PASS, END)).toEqual([
      'MISSING_TRANSITION_TARGET: State "end" is not reachable. at /States/end',
    ]);
  });

  test("state names are unique in the whole machine", () => {
    const inner = { StartAt: "only", States: { only: PASS } };
    expect(problemsOfState({ Type: "Parallel", Branches: [inner], End: true })).toEqual([
      'DUPLICATE_STATE_NAME: Duplicate state name "only" at /Branches[0]/States/only',
    ]);
  });
});

test("a variable of an outer scope cannot be set inside", () => {
  const inner = { StartAt: "inner", States: { inner: { ...PASS, Assign: { price: 2 } } } };
  const outer = { Type: "Parallel", Branches: [inner], Assign: { price: 1 }, End: true };
  expect(problemsOfState(outer)).toEqual([
    'The variable "price" is already defined in an outer scope at /Branches[0]/States/inner/Assign/price',
  ]);
});

describe("JSONPath", () => {
  test("a state that needs none of it runs", () => {
    expect(problemsOf({ StartAt: "only", States: { only: { ...PASS, Assign: { price: 1 } } } })).toEqual([]);
  });

  test("is refused where it is needed", () => {
    expect(
      problemsOf({ StartAt: "only", States: { only: { ...PASS, ResultPath: "$.a", Assign: { "price.$": "$.b" } } } }),
    ).toEqual([
      'SCHEMA_VALIDATION_FAILED: The JSONPath field "ResultPath" is not supported yet; use "QueryLanguage": "JSONata" at /States/only/ResultPath',
      'SCHEMA_VALIDATION_FAILED: "price.$" cannot be the name of a variable at /States/only/Assign',
      'SCHEMA_VALIDATION_FAILED: JSONPath ("price.$") is not supported yet at /States/only/Assign',
    ]);
  });

  test("cannot be mixed into a machine of JSONata", () => {
    expect(problemsOfState({ ...PASS, QueryLanguage: "JSONPath" })).toEqual([
      "A state cannot use JSONPath in a state machine that uses JSONata at /QueryLanguage",
    ]);
  });
});
