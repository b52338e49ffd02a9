import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createExecuteAction } from "../../../functions/index.ts";
import { ALWAYS, action, BROKEN, expression, isEqual, literal, output, plan, quoted, text } from "../support/plans.ts";
import { type Database, Shop, startDatabase } from "../support/shop.ts";

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

const open = (...actions: ReturnType<typeof action>[]) => Shop.open(database, plan(actions));

const isVersion = (version: string) => expression("x", isEqual(quoted(output("build", "version")), literal(version)));

describe("an `if`", () => {
  test("that is true lets the action begin", async () => {
    const shop = await open(action("build", 0), action("deploy", 1, { condition: isVersion("1.2.3") }));
    await shop.perform("build", "token-1", { outputs: [{ name: "version", value: "1.2.3" }] });
    await shop.enter("deploy", "token-2");
    expect(shop.executor.started).toContain(shop.attempt("deploy"));
  });

  test("that is false skips the action, records why and answers", async () => {
    const shop = await open(action("build", 0), action("deploy", 1, { condition: isVersion("2.0.0") }));
    await shop.perform("build", "token-1", { outputs: [{ name: "version", value: "1.2.3" }] });
    await shop.enter("deploy", "token-2");
    expect(shop.answersTo("token-2")).toEqual([
      { token: "token-2", kind: "success", output: { status: "skipped", durationMs: 0 } },
    ]);
    const record = await shop.action("deploy");
    expect(record).toMatchObject({ status: "skipped", reason: "its condition is false", answered: true, attempt: 0 });
    expect(record).not.toHaveProperty("skippedByFailure");
  });

  test("reads an output that does not exist as the empty text", async () => {
    const shop = await open(action("build", 0), action("deploy", 1, { condition: isVersion("") }));
    await shop.perform("build", "token-1");
    await shop.enter("deploy", "token-2");
    expect(shop.executor.started).toContain(shop.attempt("deploy"));
  });

  test("that cannot be evaluated fails the action, with the place in the file", async () => {
    const shop = await open(action("deploy", 0, { condition: BROKEN }));
    await shop.enter("deploy", "token-1");
    const [answer] = shop.answersTo("token-1");
    expect(answer).toMatchObject({ kind: "failure", error: "Sluice.ActionFailed" });
    expect(answer?.cause).toMatch(/^action "deploy" failed: pipeline\.yaml:9:15: /);
    expect(shop.executor.started).toEqual([]);
    expect(await shop.action("deploy")).toMatchObject({ status: "failed", attempt: 0 });
  });

  test("on an output of 200 KB, which is kept in the bucket, is judged like any other", async () => {
    const large = "v".repeat(200_000);
    const shop = await open(action("build", 0), action("deploy", 1, { condition: isVersion(large) }));
    await shop.perform("build", "token-1", { outputs: [{ name: "version", value: large }] });
    expect(await shop.item("output#build#version")).toMatchObject({ bytes: 200_000, type: "text" });
    expect(await shop.item("output#build#version")).not.toHaveProperty("value");
    await shop.enter("deploy", "token-2");
    expect(shop.executor.started).toContain(shop.attempt("deploy"));
  });

  test("that skips stays skipped when it is called again", async () => {
    const shop = await open(action("deploy", 0, { condition: isVersion("2.0.0") }));
    await shop.enter("deploy", "token-1");
    await shop.enter("deploy", "token-1");
    await shop.enter("deploy", "token-2");
    expect(shop.states.answers.map(({ token }) => token)).toEqual(["token-1", "token-2"]);
  });
});

describe("after a failure", () => {
  const pipeline = [
    action("lint", 0, { onFailure: "report" }),
    action("unit tests", 0, { key: "unit-tests", onFailure: "report" }),
    action("deploy", 1),
    action("clean up", 2, { key: "clean-up", condition: ALWAYS }),
  ] as const;

  test("an action without `if` is skipped, one with `if` is judged", async () => {
    const shop = await open(...pipeline);
    await shop.perform("lint", "token-1", { exitCode: 1 });
    await shop.perform("unit-tests", "token-2");
    await shop.enter("deploy", "token-3");
    await shop.enter("clean-up", "token-4");
    expect(await shop.action("deploy")).toMatchObject({
      status: "skipped",
      reason: "an earlier action failed",
      skippedByFailure: true,
    });
    expect(shop.answersTo("token-3")).toMatchObject([{ kind: "success", output: { status: "skipped" } }]);
    expect(shop.executor.started).toContain(shop.attempt("clean-up"));
  });

  test("of a sibling an action of the same stage still begins", async () => {
    const shop = await open(...pipeline);
    await shop.perform("lint", "token-1", { exitCode: 1 });
    await shop.enter("unit-tests", "token-2");
    expect(shop.executor.started).toContain(shop.attempt("unit-tests"));
  });

  test("a skip by its own `if` is none: the next stage begins", async () => {
    const shop = await open(action("lint", 0, { condition: isVersion("never") }), action("deploy", 1));
    await shop.enter("lint", "token-1");
    await shop.enter("deploy", "token-2");
    expect(shop.executor.started).toEqual([shop.attempt("deploy")]);
  });

  test("that nobody reported, because the machine went on without a record, the action counts as failed", async () => {
    const shop = await open(...pipeline);
    await shop.perform("unit-tests", "token-2");
    await shop.enter("deploy", "token-3");
    expect(await shop.action("lint")).toMatchObject({ status: "failed", error: { name: "Sluice.ActionFailed" } });
    expect(await shop.action("deploy")).toMatchObject({ status: "skipped" });
  });

  test("that nobody reported, while the attempt still runs, the attempt is removed and the action failed", async () => {
    const shop = await open(...pipeline);
    await shop.enter("lint", "token-1");
    await shop.run(shop.attempt("lint"));
    await shop.perform("unit-tests", "token-2");
    await shop.enter("deploy", "token-3");
    expect(shop.executor.calls).toContain(`remove ${shop.attempt("lint")}`);
    expect(await shop.action("lint")).toMatchObject({ status: "failed" });
    expect((await shop.complete(shop.attempt("lint"))).status).toBe(200);
    expect(await shop.action("lint")).toMatchObject({ status: "failed" });
  });

  test("actions that the machine jumped over are recorded as skipped", async () => {
    const shop = await open(
      action("build", 0),
      action("test", 1),
      action("deploy", 2),
      action("clean-up", 3, { condition: ALWAYS }),
    );
    await shop.perform("build", "token-1", { exitCode: 2 });
    await shop.enter("clean-up", "token-2");
    expect(await shop.action("test")).toMatchObject({ status: "skipped", skippedByFailure: true });
    expect(await shop.action("deploy")).toMatchObject({ status: "skipped" });
    expect(shop.executor.started).toContain(shop.attempt("clean-up"));
  });

  test("disabled actions and native waits count for nothing", async () => {
    const shop = await open(
      action("build", 0, { disabled: true }),
      action("pause", 1, { native: true, kind: "wait", type: "wait" }),
      action("deploy", 2),
    );
    await shop.enter("deploy", "token-1");
    expect(shop.executor.started).toEqual([shop.attempt("deploy")]);
    expect(await shop.action("pause")).toMatchObject({ status: "succeeded", attempt: 0 });
  });
});

describe("a wait with a gate", () => {
  const wait = (rest: Parameters<typeof action>[2] = {}) =>
    action("soak", 1, { kind: "wait", type: "wait", wait: text(30), ...rest });

  test("answers its seconds, again and again the same", async () => {
    const shop = await open(action("build", 0), wait());
    await shop.perform("build", "token-1");
    expect(await shop.enter("soak", undefined)).toEqual({ status: "succeeded", seconds: 30 });
    expect(await shop.enter("soak", undefined)).toEqual({ status: "succeeded", seconds: 30 });
    expect(await shop.action("soak")).toMatchObject({ status: "running", waitSeconds: 30 });
  });

  test("that is skipped answers 0 seconds", async () => {
    const shop = await open(action("build", 0), wait());
    await shop.perform("build", "token-1", { exitCode: 1 });
    expect(await shop.enter("soak", undefined)).toEqual({ status: "skipped", seconds: 0 });
    expect(await shop.enter("soak", undefined)).toEqual({ status: "skipped", seconds: 0 });
  });

  test("has passed when the next stage begins", async () => {
    const shop = await open(action("build", 0), wait(), action("deploy", 2));
    await shop.perform("build", "token-1");
    await shop.enter("soak", undefined);
    shop.advance(30);
    await shop.enter("deploy", "token-2");
    expect(await shop.action("soak")).toMatchObject({ status: "succeeded", endedAt: new Date(shop.now).toISOString() });
    expect(shop.executor.started).toContain(shop.attempt("deploy"));
  });

  test("without a gate began when the stage before it had ended", async () => {
    const shop = await open(action("build", 0), wait({ native: true }), action("deploy", 2));
    await shop.perform("build", "token-1");
    shop.advance(30);
    await shop.enter("deploy", "token-2");
    const build = await shop.action("build");
    const endedAt = new Date(shop.now).toISOString();
    expect(await shop.action("soak")).toMatchObject({ status: "succeeded", startedAt: build?.["endedAt"], endedAt });
  });

  test("whose function has no executors leaves what an unreported action started to the sweep", async () => {
    const shop = await open(action("build", 0), wait({ condition: ALWAYS }));
    await shop.enter("build", "token-1");
    await shop.run(shop.attempt("build"));
    const ofWait = createExecuteAction({ ...shop.runtime, executors: new Map() });
    const payload = { execution: shop.execution, redrive: 0, pipeline: "shop", action: "soak" };
    expect(await ofWait(payload, {} as never)).toEqual({ status: "succeeded", seconds: 30 });
    expect(await shop.action("build")).toMatchObject({ status: "failed" });
    expect(shop.executor.calls.some((call) => call.startsWith("remove"))).toBe(false);
    await shop.sweep();
    expect(shop.executor.calls.at(-1)).toBe(`remove ${shop.attempt("build")}`);
    expect(await shop.action("build")).toMatchObject({ status: "failed" });
    shop.advance(160);
    await shop.sweep();
    expect(await shop.item("attempt#build#000001")).not.toHaveProperty("living");
  });

  test("whose seconds are no number fails under a name that a Catch can match", async () => {
    const shop = await open(action("build", 0), wait({ wait: text("soon") }));
    await shop.perform("build", "token-1");
    await expect(shop.enter("soak", undefined)).rejects.toMatchObject({
      name: "Sluice.ActionFailed",
      message: expect.stringContaining('"soon" is no number of seconds'),
    });
    expect(await shop.action("soak")).toMatchObject({ status: "failed" });
  });

  test("reports its failure as a result where its siblings must finish", async () => {
    const shop = await open(action("build", 0), wait({ wait: text(-1), onFailure: "report" }));
    await shop.perform("build", "token-1");
    expect(await shop.enter("soak", undefined)).toEqual({ status: "failed", seconds: 0 });
  });
});
