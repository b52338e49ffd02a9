import { afterAll, beforeAll, expect, test } from "vitest";
import { action, plan } from "../support/plans.ts";
import { type Database, Shop, startDatabase } from "../support/shop.ts";

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

const open = () => Shop.open(database, plan([action("lint", 0), action("test", 0), action("deploy", 1)]));

test("every living attempt of the run is asked to end, and none that has ended", async () => {
  const shop = await open();
  await shop.perform("lint", "token-1");
  await shop.enter("test", "token-2");
  await shop.run(shop.attempt("test"));
  await shop.cancel("ABORTED");
  expect(shop.executor.calls.filter((call) => call.startsWith("cancel"))).toEqual([
    `cancel ${shop.attempt("test")}: the run was cancelled`,
  ]);
  await shop.complete(shop.attempt("test"), { end: "cancelled", message: "terminated" });
  expect(await shop.action("test")).toMatchObject({
    status: "cancelled",
    error: { name: "Sluice.ActionCancelled", message: 'action "test" was cancelled: the run was cancelled' },
  });
});

test("one executor that fails keeps no other attempt from being stopped, and the event comes again", async () => {
  const shop = await open();
  await shop.enter("lint", "token-1");
  await shop.enter("test", "token-2");
  shop.executor.faults.cancel = [new Error("StopTask failed")];
  await expect(shop.cancel("ABORTED")).rejects.toThrow("StopTask failed");
  expect(shop.executor.calls.filter((call) => call.startsWith("cancel"))).toHaveLength(2);
  await shop.cancel("ABORTED");
  expect(shop.executor.calls.filter((call) => call.startsWith("cancel"))).toHaveLength(4);
});

test("an attempt that does not end is ended by force by the sweep", async () => {
  const shop = await open();
  await shop.enter("lint", "token-1");
  await shop.run(shop.attempt("lint"));
  await shop.cancel("TIMED_OUT");
  shop.advance(60);
  await shop.sweep();
  expect(shop.executor.calls.at(-1)).toBe(`remove ${shop.attempt("lint")}`);
  expect(await shop.action("lint")).toMatchObject({ status: "cancelled" });
});

test("a success, and a run that nobody knows, stop nothing", async () => {
  const shop = await open();
  await shop.cancel("ABORTED");
  await shop.enter("lint", "token-1");
  await shop.cancel("SUCCEEDED");
  expect(shop.executor.calls.some((call) => call.startsWith("cancel"))).toBe(false);
});
