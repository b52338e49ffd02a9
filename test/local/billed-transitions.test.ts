import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Compilation, compile, formatDiagnostics, type Outcome, planTries } from "../../compiler/index.ts";
import { SHOP_CONTEXT } from "../compiler/compile-context.ts";
import { named, openShop } from "./states/shop.ts";

/**
 * Each fixture's machine, as compiled, on the engine: what its history was billed is what stands by hand beside the
 * fixture. The functions are played by `answerAs`, which knows nothing but the plan and the outcome.
 */
const ROOT = new URL("../fixtures/compile/", import.meta.url);
const FIXTURES = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith("transitions.json"))
  .map((path) => path.slice(0, -"/transitions.json".length))
  .sort();

type Transitions = readonly { readonly when: string; readonly outcome: Outcome; readonly billed: number }[];

interface Payload {
  readonly token?: string;
  readonly action?: string;
}

describe.each(FIXTURES)("%s", (fixture) => {
  const read = (name: string) => readFileSync(new URL(`${fixture}/${name}`, ROOT), "utf8");
  const { compilation, diagnostics } = compile({ name: "pipeline.yaml", text: read("pipeline.yaml") }, SHOP_CONTEXT);
  if (!compilation) throw new Error(formatDiagnostics(diagnostics));
  const transitions: Transitions = JSON.parse(read("transitions.json"));

  test.each(transitions)("is billed $billed when $when", async ({ outcome, billed }) => {
    const { machine } = compilation;
    const answer = answerAs(compilation, outcome);
    const shop = openShop({ execute: answer, end: answer });
    function answerTask(token: string, result: Result) {
      const { status, error } = result;
      return error
        ? shop.call("SendTaskFailure", { taskToken: token, error, cause: status })
        : shop.call("SendTaskSuccess", { taskToken: token, output: JSON.stringify({ status, seconds: 0 }) });
    }
    function answerAs({ plan }: Compilation, outcome: Outcome) {
      const aliases = new Map(plan.order.map(({ key, alias }) => [key, alias]));
      const tries = new Map<string, number>();
      return async (event: unknown) => {
        const { action: key, token } = event as Payload;
        const result = key === undefined ? endOfRun(outcome) : nextResult(key);
        if (token === undefined && result.error) throw named(result.error);
        if (token === undefined) return { status: result.status, seconds: 0 };
        await answerTask(token, result);
        return null;
      };
      function nextResult(key: string): Result {
        const action = plan.actions.find((candidate) => candidate.key === key);
        if (!action) throw new Error(`The plan has no action "${key}".`);
        const { end = "succeeded", retries = 0 } = outcome[aliases.get(key) ?? ""] ?? {};
        const done = tries.get(key) ?? 0;
        tries.set(key, done + 1);
        if (done < retries) {
          const perIteration = 1 + Math.max(0, action.retry?.maxTimes ?? 0);
          // An outcome with fewer retries than all of them is told as "every iteration needs one retry".
          const used = retries === 5 && perIteration === 3 ? 2 : perIteration;
          const retry = done % used;
          const kind = retry < used - 1 ? "retry" : "loop";
          const { errorNameAfter } = planTries(action.loop, action.retry);
          return { status: "again", error: errorNameAfter(Math.floor(done / used) + 1, retry, kind) };
        }
        if (end === "succeeded" || end === "skipped") return { status: end };
        return action.onFailure === "report" ? { status: end } : { status: end, error: "Sluice.ActionFailed" };
      }
    }
    const definition = machine.body.replaceAll(/\$\{ExecuteAction\w+\}/g, "execute").replaceAll("${RecordRun}", "end");
    const { stateMachineArn } = await shop.call("CreateStateMachine", {
      name: machine.name,
      roleArn: "arn:aws:iam::123456789012:role/shop",
      definition,
    });
    const { executionArn } = await shop.call("StartExecution", { stateMachineArn, input: "{}" });
    const { events } = await shop.finish(String(executionArn));
    const count = (wanted: (type: string) => boolean) => events.filter(({ type }) => wanted(type)).length;
    const entered = count((type) => type.endsWith("StateEntered"));
    const retries =
      count((type) => type === "LambdaFunctionScheduled" || type === "TaskScheduled") -
      count((type) => type === "TaskStateEntered");
    expect(entered + retries).toBe(billed);
  });
});

interface Result {
  readonly status: string;
  readonly error?: string;
}

function endOfRun(outcome: Outcome): Result {
  const failed = Object.values(outcome).some(({ end }) => end === "failed" || end === "timedOut");
  return failed ? { status: "failed", error: "Sluice.RunFailed" } : { status: "succeeded" };
}
