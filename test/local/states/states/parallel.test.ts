import { describe, expect, test } from "vitest";
import { callback, named, openShop, task } from "../shop.ts";

const branch = (name: string, state: object) => ({ StartAt: name, States: { [name]: state } });

describe("Parallel", () => {
  test("gives its input to each branch and puts out a list in their order", async () => {
    const shop = openShop();
    const ended = await shop.run(
      {
        both: {
          Type: "Parallel",
          Arguments: { item: "{% $states.input %}" },
          Branches: [
            branch("slow", { Type: "Wait", Seconds: 5, End: true }),
            branch("fast", { Type: "Pass", Output: "{% $states.input.item %}", End: true }),
          ],
          End: true,
        },
      },
      { input: "chair" },
    );
    expect(ended.output).toEqual([{ item: "chair" }, "chair"]);
    expect(ended.types).toEqual([
      "ParallelStateEntered",
      "ParallelStateStarted",
      "WaitStateEntered",
      "PassStateEntered",
      "PassStateExited",
      "WaitStateExited",
      "ParallelStateSucceeded",
      "ParallelStateExited",
    ]);
  });

  test("a branch that fails stops the others, and the Catch sees its error", async () => {
    const shop = openShop({
      build: () => {
        throw named("GlueMissing");
      },
      paint: () => ({}),
    });
    const ended = await shop.run({
      both: {
        Type: "Parallel",
        Branches: [
          branch("paint", callback("paint", { TimeoutSeconds: 900 })),
          branch("dry", { Type: "Wait", Seconds: 600, End: true }),
          branch("build", task("build")),
        ],
        Catch: [{ ErrorEquals: ["GlueMissing"], Output: "{% $states.errorOutput.Error %}", Next: "sorry" }],
        End: true,
      },
      sorry: { Type: "Pass", End: true },
    });
    expect(ended).toMatchObject({ status: "SUCCEEDED", output: "GlueMissing", milliseconds: 0 });
    const failed = ended.events.find(({ type }) => type === "TaskFailed")?.id;
    expect(ended.events.slice(failed).map(({ type, previousEventId }) => [type, previousEventId])).toEqual([
      ["TaskStateAborted", failed],
      ["WaitStateAborted", failed],
      ["ParallelStateFailed", failed],
      ["ParallelStateExited", Number(failed) + 3],
      ["PassStateEntered", Number(failed) + 4],
      ["PassStateExited", Number(failed) + 5],
      ["ExecutionSucceeded", Number(failed) + 6],
    ]);
    expect(shop.clock.pending()).toBe(0);
  });

  test("a failure in a nested Parallel ends everything around it", async () => {
    const inner = { Type: "Parallel", Branches: [branch("broken", { Type: "Fail", Error: "Broken" })], End: true };
    const ended = await openShop().run({
      outer: {
        Type: "Parallel",
        Branches: [branch("inner", inner), branch("dry", { Type: "Wait", Seconds: 60, End: true })],
        End: true,
      },
    });
    expect(ended).toMatchObject({ status: "FAILED", error: "Broken", milliseconds: 0 });
    expect(ended.types.slice(-4)).toEqual([
      "FailStateEntered",
      "ParallelStateFailed",
      "WaitStateAborted",
      "ParallelStateFailed",
    ]);
  });

  test("is tried again as a whole", async () => {
    const ended = await openShop().run({
      both: {
        Type: "Parallel",
        Branches: [branch("broken", { Type: "Fail", Error: "Broken", Cause: "rain" })],
        Retry: [{ ErrorEquals: ["Broken"], MaxAttempts: 2 }],
        End: true,
      },
    });
    expect(ended).toMatchObject({ error: "Broken", cause: "rain", milliseconds: 3000 });
    expect(ended.types.filter((type) => type === "ParallelStateStarted")).toHaveLength(3);
    expect(ended.types.filter((type) => type === "ParallelStateFailed")).toHaveLength(1);
  });
});

describe("scopes", () => {
  test("a branch sees the variables around it; its own vanish with it", async () => {
    const inside = { Type: "Pass", Assign: { inner: "{% $price * 2 %}" }, Next: "look" };
    const look = { Type: "Pass", Output: "{% $inner %}", End: true };
    const ended = await openShop().run({
      set: { Type: "Pass", Assign: { price: 5 }, Next: "both" },
      both: { Type: "Parallel", Branches: [{ StartAt: "inside", States: { inside, look } }], Next: "after" },
      after: {
        Type: "Pass",
        Output: { branches: "{% $states.input %}", inner: "{% $exists($inner) %}", price: "{% $price %}" },
        End: true,
      },
    });
    expect(ended.output).toEqual({ branches: [10], inner: false, price: 5 });
  });
});
