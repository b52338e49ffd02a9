import { expect, test } from "vitest";
import { sideBySide } from "../../functions/side-by-side.ts";

test("works on so many items at a time and no more, in their order", async () => {
  let atWork = 0;
  let most = 0;
  const begun: number[] = [];
  await sideBySide([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    begun.push(item);
    most = Math.max(most, ++atWork);
    await new Promise((resolve) => setImmediate(resolve));
    atWork--;
  });
  expect(begun).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});

test("tries every item, then says what failed first", async () => {
  const done: number[] = [];
  const working = sideBySide([1, 2, 3], 1, async (item) => {
    if (item !== 3) throw new Error(`no ${item}`);
    done.push(item);
  });
  await expect(working).rejects.toThrow("no 1");
  expect(done).toEqual([3]);
});

test("does nothing with nothing", async () => {
  await sideBySide([], 4, () => Promise.reject(new Error("called")));
});
