import { describe, expect, test } from "vitest";
import { named, openShop, task } from "../shop.ts";

const map = (processor: object, fields: object = {}) => ({
  Type: "Map",
  ItemProcessor: { StartAt: "each", States: { each: processor } },
  End: true,
  ...fields,
});

describe("Map", () => {
  test("runs over its input, in order", async () => {
    const each = { Type: "Pass", Output: "{% $uppercase($states.input) %}", End: true };
    const ended = await openShop().run({ all: map(each) }, { input: ["chair", "table"] });
    expect(ended.output).toEqual(["CHAIR", "TABLE"]);
    expect(ended.types.filter((type) => type.startsWith("Map"))).toEqual([
      "MapStateEntered",
      "MapStateStarted",
      "MapIterationStarted",
      "MapIterationStarted",
      "MapIterationSucceeded",
      "MapIterationSucceeded",
      "MapStateSucceeded",
      "MapStateExited",
    ]);
  });

  test("Items, ItemSelector and the context object", async () => {
    const each = {
      Type: "Pass",
      Output: { at: "{% $states.context.Map.Item.Index %}", got: "{% $states.input %}" },
      End: true,
    };
    const ended = await openShop().run(
      {
        all: map(each, {
          Items: "{% $states.input.items %}",
          ItemSelector: { item: "{% $states.context.Map.Item.Value %}", shop: "{% $states.input.shop %}" },
        }),
      },
      { input: { items: ["chair"], shop: "oak" } },
    );
    expect(ended.output).toEqual([{ at: 0, got: { item: "chair", shop: "oak" } }]);
  });

  test("MaxConcurrency lets no more run at a time", async () => {
    const dry = { Type: "Wait", Seconds: 10, End: true };
    const items = [1, 2, 3, 4, 5];
    for (const [MaxConcurrency, milliseconds] of [
      [1, 50_000],
      [2, 30_000],
      [0, 10_000],
    ] as const) {
      expect(await openShop().run({ all: map(dry, { MaxConcurrency }) }, { input: items })).toMatchObject({
        milliseconds,
      });
    }
  });

  test("never more than 40 at a time", async () => {
    const dry = { Type: "Wait", Seconds: 10, End: true };
    const input = Array.from({ length: 41 }, (_, index) => index);
    expect(await openShop().run({ all: map(dry) }, { input })).toMatchObject({ output: input, milliseconds: 20_000 });
  });

  test("an iteration that fails stops the others", async () => {
    const shop = openShop({
      build: (item) => {
        if (item === "table") throw named("TooLarge");
        return new Promise(() => {});
      },
    });
    const ended = await shop.run({ all: map(task("build")) }, { input: ["chair", "table", "bed"] });
    expect(ended).toMatchObject({ status: "FAILED", error: "TooLarge" });
    expect(ended.types.slice(-6)).toEqual([
      "MapIterationFailed",
      "MapIterationAborted",
      "TaskStateAborted",
      "MapIterationAborted",
      "TaskStateAborted",
      "MapStateFailed",
    ]);
  });

  test("an empty list succeeds at once; anything but a list is an error", async () => {
    const states = { all: map({ Type: "Pass", End: true }) };
    expect(await openShop().run(states, { input: [] })).toMatchObject({ output: [] });
    expect((await openShop().run(states, { input: { a: 1 } })).cause).toContain(
      'Map state input must be an array but was: {"a":1}',
    );
  });
});
