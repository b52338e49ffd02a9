import { expect, test } from "vitest";
import { gateTimeoutOf, heartbeatOf, taskTimeoutOf } from "../../../compiler/lower/timeouts.ts";
import { SHOP_CONTEXT } from "../compile-context.ts";
import { graphOf } from "../compile-text.ts";

const traits = (kind: string) => {
  const found = SHOP_CONTEXT.kinds.get(kind);
  if (!found) throw new Error(kind);
  return found;
};
const actionWith = (fields: string) => {
  const [node] = graphOf(`version: "1.1"\nstages:\n- stage:\n  - custom-script: {commands: make${fields}}\n`).nodes;
  if (!node) throw new Error("There is no action.");
  return node.action;
};

test.each([
  ["", "process", 60 + 3600 + 60, 300],
  [", timeout: 1", "process", 60 + 1 + 60, 120],
  [", timeout: 7200", "ecs", 900 + 7200 + 60, 900],
  [", timeout: 1", "ecs", 900 + 1 + 60, 900],
  [", timeout: -1", "ecs", 31_536_000, 900],
  [", timeout: 99999999999", "ecs", 31_536_000, 900],
])("an action with%s on %s: %d seconds, heartbeat within %d", (fields, kind, timeout, heartbeat) => {
  expect(taskTimeoutOf(actionWith(fields), traits(kind))).toBe(timeout);
  expect(heartbeatOf(traits(kind), timeout)).toBe(heartbeat);
});

test("a gate answers soon and sends no heartbeat", () => {
  expect(gateTimeoutOf(traits("wait"))).toBe(120);
  expect(heartbeatOf(traits("wait"), 120)).toBeUndefined();
});
