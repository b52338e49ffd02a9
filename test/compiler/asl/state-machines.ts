import type { Json } from "../../../compiler/model/value.ts";

export type JsonObject = { readonly [key: string]: Json };

const task = (name: string, next: JsonObject): JsonObject => ({
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
  Arguments: {
    FunctionName: "${ExecuteActionEcs}",
    Payload: {
      token: "{% $states.context.Task.Token %}",
      execution: "{% $states.context.Execution.Id %}",
      redrive: "{% $states.context.Execution.RedriveCount %}",
      pipeline: "shop",
      action: name,
    },
  },
  TimeoutSeconds: 3960,
  HeartbeatSeconds: 900,
  Retry: [
    {
      ErrorEquals: ["Lambda.ServiceException", "Sluice.Retryable"],
      IntervalSeconds: 2,
      MaxAttempts: 6,
      BackoffRate: 2,
      MaxDelaySeconds: 60,
    },
    { ErrorEquals: ["Sluice.Again"], IntervalSeconds: 5, MaxAttempts: 9, BackoffRate: 1 },
  ],
  ...next,
});

/** A definition with which nothing is wrong: build, then lint and test side by side, a gated wait, deploy. */
export const SHOP: JsonObject = {
  QueryLanguage: "JSONata",
  StartAt: "build",
  States: {
    build: task("build", {
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "stage 2", Output: "{% { 'error': $states.errorOutput.Error } %}" }],
      Next: "stage 2",
    }),
    "stage 2": {
      Type: "Parallel",
      Branches: [
        { StartAt: "lint", States: { lint: task("lint", { End: true }) } },
        { StartAt: "test", States: { test: task("test", { End: true }) } },
      ],
      Next: "settle",
    },
    settle: {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke",
      Arguments: {
        FunctionName: "${ExecuteActionWait}",
        Payload: {
          execution: "{% $states.context.Execution.Id %}",
          redrive: "{% $states.context.Execution.RedriveCount %}",
          pipeline: "shop",
          action: "settle",
        },
      },
      Output: "{% $states.result.Payload %}",
      TimeoutSeconds: 120,
      Next: "settle wait",
    },
    "settle wait": { Type: "Wait", Seconds: "{% $states.input.seconds %}", Next: "deploy" },
    deploy: task("deploy", { End: true }),
  },
};

const FLOW: JsonObject = { Comment: "", QueryLanguage: "JSONata", Next: "", End: true, Output: "", Assign: {} };
const HANDLED: JsonObject = {
  ...FLOW,
  Arguments: {},
  Retry: [
    {
      ErrorEquals: [],
      IntervalSeconds: 1,
      MaxAttempts: 1,
      BackoffRate: 1,
      MaxDelaySeconds: 2,
      JitterStrategy: "FULL",
      Comment: "",
    },
  ],
  Catch: [{ ErrorEquals: [], Next: "", Output: "", Assign: {}, Comment: "" }],
};

/** A state of every type with every field that the type has; nothing else about them is right. */
export const EVERY_FIELD: JsonObject = {
  task: { Type: "Task", ...HANDLED, Resource: "", Credentials: {}, TimeoutSeconds: 2, HeartbeatSeconds: 1 },
  wait: { Type: "Wait", ...FLOW, Seconds: 1, Timestamp: "" },
  parallel: { Type: "Parallel", ...HANDLED, Branches: [{ StartAt: "", States: {}, Comment: "" }] },
  pass: { Type: "Pass", ...FLOW },
  succeed: { Type: "Succeed", Comment: "", QueryLanguage: "JSONata", Output: "" },
  fail: { Type: "Fail", Comment: "", QueryLanguage: "JSONata", Error: "", Cause: "" },
  choice: {
    ...{ Type: "Choice", Comment: "", QueryLanguage: "JSONata", Choices: [], Default: "", Output: "", Assign: {} },
  },
  map: {
    ...{ Type: "Map", ...HANDLED, Items: "", ItemSelector: {}, ItemReader: {}, ItemBatcher: {}, ResultWriter: {} },
    ItemProcessor: { ProcessorConfig: {}, StartAt: "", States: {}, Comment: "" },
    ...{ Label: "", MaxConcurrency: 1, ToleratedFailureCount: 1, ToleratedFailurePercentage: 1 },
  },
};

/**
 * The definition with the member at `path` (`States.build.Retry.0.BackoffRate`) replaced, or removed where `value` is
 * `undefined`. Names of states must not hold dots here.
 */
export function planted(path: string, value: Json | undefined, definition: JsonObject = SHOP): JsonObject {
  const copy: unknown = structuredClone(definition);
  const steps = path.split(".");
  const last = steps.pop() ?? "";
  let place = copy as { [key: string]: unknown };
  for (const step of steps) place = place[step] as { [key: string]: unknown };
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy as JsonObject;
}
