import { expect, test } from "vitest";
import { callback, openShop, task } from "../shop.ts";

test("a token that is answered before its function returns ends the task at once", async () => {
  let release = () => {};
  const shop = openShop({
    paint: async (payload) => {
      const { token } = payload as { token: string };
      await shop.call("SendTaskSuccess", { taskToken: token, output: '"red"' });
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      throw new Error("too late to fail");
    },
  });
  const ended = await shop.run({
    paint: callback("paint", { Next: "dry" }),
    dry: { Type: "Wait", Seconds: 1, End: true },
  });
  release();
  expect(ended).toMatchObject({ status: "SUCCEEDED", output: "red" });
  expect(ended.types).not.toContain("TaskSubmitted");
});

test("the function of a branch that was stopped may still answer", async () => {
  let answer = (_value: unknown) => {};
  const shop = openShop({
    build: () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  });
  const branch = (name: string, state: object) => ({ StartAt: name, States: { [name]: state } });
  const Catch = [{ ErrorEquals: ["States.ALL"], Next: "dry" }];
  const executionArn = await shop.start({
    both: {
      Type: "Parallel",
      Branches: [branch("build", task("build")), branch("broken", { Type: "Wait", Seconds: 1, Next: "broken!" })].map(
        (flow, index) =>
          index === 0 ? flow : { ...flow, States: { ...flow.States, "broken!": { Type: "Fail", Error: "Broken" } } },
      ),
      Catch,
      End: true,
    },
    dry: { Type: "Wait", Seconds: 5, Output: "dry", End: true },
  });
  await shop.clock.advance(2000);
  answer("built");
  expect(await shop.finish(executionArn)).toMatchObject({ output: "dry", milliseconds: 6000 });
});

test("executions do not wait for each other", async () => {
  const shop = openShop({ build: () => new Promise(() => {}) });
  await shop.start({ build: task("build") });
  expect(await shop.run({ sell: { Type: "Succeed" } })).toMatchObject({ status: "SUCCEEDED" });
});
