import { createHash } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

test.each([
  ["in Node", process],
  ["in Node before 20.16", { ...process, getBuiltinModule: undefined }],
  ["in a browser", undefined],
])("%s a hash is the same", async (_, given) => {
  vi.resetModules();
  vi.stubGlobal("process", given);
  const { sha256Hex } = await import("../../compiler/sha256.ts");
  vi.unstubAllGlobals();
  for (const text of ["", "shop", "构建 🛒"])
    expect(sha256Hex(text)).toBe(createHash("sha256").update(text).digest("hex"));
});
