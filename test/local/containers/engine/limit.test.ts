import { expect, test } from "vitest";
import { createLimit } from "../../../../local/containers/engine/limit.ts";

test("so many at once, the others in their order; one that fails gives its turn on", async () => {
  const limit = createLimit(2);
  const started: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<string>>();
  const bake = (name: string) =>
    limit(() => {
      started.push(name);
      const end = Promise.withResolvers<string>();
      ends.set(name, end);
      return end.promise;
    });
  const baked = ["bread", "cake", "roll", "bun"].map(bake);
  expect(started).toEqual(["bread", "cake"]);
  ends.get("cake")?.reject(new Error("burnt"));
  await expect(baked[1]).rejects.toThrow("burnt");
  await Promise.resolve();
  expect(started).toEqual(["bread", "cake", "roll"]);
  ends.get("bread")?.resolve("done");
  await expect(baked[0]).resolves.toBe("done");
  await Promise.resolve();
  expect(started).toEqual(["bread", "cake", "roll", "bun"]);
  for (const name of ["roll", "bun"]) ends.get(name)?.resolve("done");
  await Promise.all([baked[2], baked[3]]);
});
