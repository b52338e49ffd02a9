import { expect, test } from "vitest";
import { createRunId } from "../../../cli/run/run-id.ts";

test("sorts by time and is a legal execution name", () => {
  const id = createRunId(Date.UTC(2026, 10, 21, 13, 15, 22, 999), Uint8Array.of(0x9f, 0x3a, 0xc1));
  expect(id).toBe("20261121-131522-9f3ac1");
});
