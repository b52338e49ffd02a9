import { expect, test } from "vitest";
import { asUsageError } from "../../../cli/run/cannot-run.ts";
import { InvalidConfigError } from "../../../functions/index.ts";
import { AgentImageError, NoContainerEngineError } from "../../../local/index.ts";

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

test.each([
  [new NoContainerEngineError("Nothing runs containers here."), "without --containers"],
  [new AgentImageError("The agent's image cannot be built: no network."), "--agent-image"],
])("%s says what to do", (error, help) => {
  expect(asUsageError(error)).toMatchObject({ message: error.message, help: expect.stringContaining(help) });
});

test("what the installation refuses keeps its message; anything else is a bug of ours", () => {
  expect(asUsageError(new InvalidConfigError("There is no config of that name."))).toMatchObject({
    message: "There is no config of that name.",
  });
  expect(asUsageError(new Error("a bug"))).toBeUndefined();
  expect(asUsageError("a bug")).toBeUndefined();
});
