import { expect, test } from "vitest";
import { parseDefinition } from "../../../../local/states/definition/parse-definition.ts";
import { parseDocument } from "../../../../local/states/document.ts";
import { advance, nesting } from "../../../../local/states/execution/advance.ts";
import type { Effect, ExecutionEvent } from "../../../../local/states/execution/event.ts";
import type { Execution } from "../../../../local/states/execution/execution.ts";
import { runStep } from "../../../../local/states/step.ts";
import { createLambdaIntegrations } from "../../../../local/states/tasks/lambda.ts";

const random = (count: number) => new Uint8Array(count);
const RESOURCE = "arn:aws:states:::lambda:invoke";
const DEFINITION = {
  QueryLanguage: "JSONata",
  StartAt: "prepare",
  States: {
    prepare: { Type: "Pass", Assign: { price: "{% 2 + 3 %}" }, Next: "make" },
    make: {
      Type: "Parallel",
      Branches: [
        {
          StartAt: "each",
          States: {
            each: {
              Type: "Map",
              Items: [1, 2, 3],
              MaxConcurrency: 2,
              ItemProcessor: {
                StartAt: "build",
                States: {
                  build: {
                    Type: "Task",
                    Resource: RESOURCE,
                    Arguments: { FunctionName: "build", Payload: "{% $states.input * $price %}" },
                    Retry: [{ ErrorEquals: ["Busy"] }],
                    End: true,
                  },
                },
              },
              End: true,
            },
          },
        },
        { StartAt: "dry", States: { dry: { Type: "Wait", Seconds: 5, End: true } } },
      ],
      End: true,
    },
  },
};

function startTasks(effects: readonly Effect[]) {
  return effects.filter((effect) => effect.kind === "startTask");
}

/**
 * Between two events an execution is nothing but data: here it is written out and read back before each of them, and its
 * definition is compiled anew, as after a restart.
 */
test("an execution survives as JSON between any two events", async () => {
  const now = 1_000_000;
  let stored = JSON.stringify({
    arn: "arn:aws:states:eu-central-1:123456789012:execution:shop:order-1",
    name: "order-1",
    machineArn: "arn:aws:states:eu-central-1:123456789012:stateMachine:shop",
    machineName: "shop",
    revisionId: "1",
    roleArn: "role",
    input: parseDocument("{}"),
    startDate: now,
    status: "RUNNING",
    frames: { 0: { id: 0, flow: 0, variables: {}, previousEventId: 0 } },
    history: [],
    nextId: 1,
    variablesLength: 0,
  });

  const handle = (event: ExecutionEvent): Promise<readonly Effect[]> =>
    new Promise((resolve, reject) => {
      const execution = JSON.parse(stored) as Execution;
      const findIntegration = createLambdaIntegrations({ invoke: () => new Promise(() => {}), now: () => now, random });
      const environment = { now: () => now, random };
      const { machine } = parseDefinition(JSON.stringify(DEFINITION), { environment, findIntegration });
      if (machine === undefined) throw new Error("The definition is wrong.");
      const effects: Effect[] = [];
      const context = { execution, machine, region: "eu-central-1", now, random, effects, ready: [], nesting };
      const done = () => {
        stored = JSON.stringify(execution);
        resolve(effects);
      };
      runStep(advance(context, event), done, reject);
    });

  const effects = [...(await handle({ type: "started" }))];
  const [timer] = effects.filter((effect) => effect.kind === "startTimer");
  expect(startTasks(effects).map(({ arguments: { text } }) => text)).toEqual([
    '{"FunctionName":"build","Payload":5}',
    '{"FunctionName":"build","Payload":10}',
  ]);

  // The first one is busy and tried again; meanwhile the branch that waits ends.
  const [busy] = startTasks(effects).splice(0, 1);
  if (busy === undefined || timer?.kind !== "startTimer") throw new Error("There is nothing to go on with.");
  const { frame, task } = busy;
  const [backoff] = await handle({ type: "taskFailed", frame, task, error: "Busy", cause: undefined });
  await handle({ type: "timerDue", frame: timer.frame ?? 0, timer: timer.timer });
  if (backoff?.kind !== "startTimer") throw new Error("There is no other try.");
  const pending = [
    ...startTasks(effects).slice(1),
    ...startTasks(await handle({ type: "timerDue", frame, timer: backoff.timer })),
  ];
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    await handle({ type: "taskStarted", frame: next.frame, task: next.task });
    const output = parseDocument(JSON.stringify(next.task));
    pending.push(...startTasks(await handle({ type: "taskSucceeded", frame: next.frame, task: next.task, output })));
  }

  const execution = JSON.parse(stored) as Execution;
  expect(execution.status).toBe("SUCCEEDED");
  expect(execution.output?.value).toEqual([[expect.any(Number), expect.any(Number), expect.any(Number)], {}]);
  expect(execution.frames).toEqual({});
  expect(execution.history.map(({ id }) => id)).toEqual(execution.history.map((_, index) => index + 1));
});
