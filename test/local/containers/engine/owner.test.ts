import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { hasEnded, ownerName } from "../../../../local/containers/engine/owner.ts";

const [boot, namespace, pid, startedAt] = ownerName().split("_");

test("a process names itself always the same, and has not ended", () => {
  expect(ownerName()).toBe(ownerName());
  expect(hasEnded(ownerName())).toBe(false);
});

test.runIf(process.platform === "linux")("one that is gone has ended", async () => {
  const child = spawn("true");
  await once(child, "exit");
  expect(hasEnded([boot, namespace, child.pid, "1"].join("_"))).toBe(true);
  // The number is another process's by now.
  expect(hasEnded([boot, namespace, pid, "1"].join("_"))).toBe(true);
  // So has everything of before the machine was started.
  expect(hasEnded(["another-boot", namespace, pid, startedAt].join("_"))).toBe(true);
});

test.each([
  ["another namespace of processes", [boot, "1", pid, "1"].join("_")],
  ["a name that is none", "me"],
  ["a number that is none", [boot, namespace, "../1", "1"].join("_")],
  ["a name with more parts", `${ownerName()}_x`],
])("of %s nothing is said", (_, owner) => {
  expect(hasEnded(owner)).toBe(false);
});
