import { expect, test } from "vitest";
import { asUsageError } from "../../../cli/run/cannot-run.ts";
import { InvalidConfigError } from "../../../functions/index.ts";

test("a full disk is no bug of ours, whoever met it first", () => {
  const store = Object.assign(new Error("full"), { name: "InsufficientStorage" });
  const system = Object.assign(new Error("full"), { code: "ENOSPC" });
  for (const error of [store, system]) {
    expect(asUsageError(error)).toMatchObject({
      message: "No space is left on the disk of the state directory.",
      help: expect.stringContaining("--state-dir"),
    });
  }
});

test("what the installation refuses keeps its message; anything else is a bug of ours", () => {
  expect(asUsageError(new InvalidConfigError("There is no config of that name."))).toMatchObject({
    message: "There is no config of that name.",
  });
  expect(asUsageError(new Error("a bug"))).toBeUndefined();
  expect(asUsageError("a bug")).toBeUndefined();
});
