import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RetryableExecutorError, TerminalExecutorError } from "../../../actions/index.ts";
import type { PlanAction } from "../../../compiler/index.ts";
import { action, plan } from "../support/plans.ts";
import { type Database, Shop, startDatabase } from "../support/shop.ts";

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

const open = (rest: Partial<PlanAction> = {}) => Shop.open(database, plan([action("build", 0, rest)]));

describe("an action that begins", () => {
  test("is recorded with its token, then its attempt, then started", async () => {
    const shop = await open();
    const seen: unknown[] = [];
    shop.executor.onStart = async () => {
      seen.push(await shop.action("build"), await shop.item("attempt#build#000001"));
    };
    await shop.enter("build", "token-1");
    expect(seen[0]).toMatchObject({ status: "queued", attempt: 1, tokens: new Set(["token-1"]), iteration: 1 });
    expect(seen[1]).toMatchObject({ executor: "build", living: "attempt" });
    expect(shop.executor.calls).toEqual(["create", "start"].map((call) => `${call} ${shop.attempt("build")}`));
    expect(await shop.item("attempt#build#000001")).toMatchObject({ handle: `handle-${shop.attempt("build")}` });
    expect(shop.states.answers).toEqual([]);
  });

  test("gives the agent a nonce that is kept as a hash only", async () => {
    const shop = await open();
    await shop.enter("build", "token-1");
    const environment = shop.executor.specifications.get(shop.attempt("build"))?.agentEnvironment ?? {};
    expect(Object.keys(environment).sort()).toEqual(["SLUICE_AGENT_API", "SLUICE_ATTEMPT_ID", "SLUICE_ATTEMPT_NONCE"]);
    expect(JSON.stringify(environment)).not.toContain("token-1");
    const nonce = environment["SLUICE_ATTEMPT_NONCE"];
    expect(nonce).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const kept = JSON.stringify(await shop.items(), (_, value) => (value instanceof Set ? [...value] : value));
    expect(kept).not.toContain(nonce);
  });

  test("answers the Task with a small record when the agent reports success", async () => {
    const shop = await open();
    await shop.enter("build", "token-1");
    await shop.run(shop.attempt("build"));
    const startedAt = new Date(shop.now).toISOString();
    shop.advance(3);
    await shop.complete(shop.attempt("build"), { startedAt, outputs: [{ name: "version", value: "1.2.3" }] });
    expect(shop.states.answers).toEqual([
      {
        token: "token-1",
        kind: "success",
        output: { status: "succeeded", exitCode: 0, durationMs: 3000, log: "logs/build.1.log" },
      },
    ]);
    expect(await shop.action("build")).toMatchObject({ status: "succeeded", answered: true, exitCode: 0 });
  });

  test("answers a failure with a cause of one line that names action, exit code and log", async () => {
    const shop = await open();
    await shop.perform("build", "token-1", { exitCode: 3, logTail: ["make: *** [all] Error 3"] });
    expect(shop.states.answers).toEqual([
      {
        token: "token-1",
        kind: "failure",
        error: "Sluice.ActionFailed",
        cause: 'action "build" failed with exit code 3; log: logs/build.1.log',
      },
    ]);
    expect(await shop.action("build")).toMatchObject({ status: "failed", logTail: ["make: *** [all] Error 3"] });
  });

  test("reports a failure as a result where its siblings must finish", async () => {
    const shop = await open({ onFailure: "report" });
    await shop.perform("build", "token-1", { exitCode: 3 });
    expect(shop.states.answers).toMatchObject([
      { kind: "success", output: { status: "failed", exitCode: 3, error: "Sluice.ActionFailed" } },
    ]);
  });

  test.each([
    [{ memoryMb: 512 }, 'it asked for 512 MB: raise "resources: {mem: …}"'],
    [{}, 'it asked for what its executor gives by default: raise "resources: {mem: …}"'],
  ])("says what a container that was killed is most often in want of: %j", async (resources, words) => {
    const shop = await open({ kind: "ecs", resources });
    await shop.perform("build", "token-1", { signal: "SIGKILL", exitCode: 137 });
    expect(shop.states.answers).toMatchObject([{ cause: expect.stringContaining(words) }]);
  });

  test.each([
    [{ end: "timedOut", exitCode: 143 } as const, "Sluice.ActionTimedOut", "timedOut", "timed out"],
    [
      { end: "cancelled" } as const,
      "Sluice.ActionFailed",
      "failed",
      "was interrupted: it was asked to end from outside",
    ],
    [
      { signal: "SIGKILL", exitCode: 137 } as const,
      "Sluice.ActionFailed",
      "failed",
      "was killed by signal SIGKILL (exit code 137)",
    ],
    [
      { end: "failedToPrepare", message: "No space left\non device" } as const,
      "Sluice.ActionFailed",
      "failed",
      "could not be prepared: No space left on device",
    ],
  ])("names the end %j", async (report, error, status, words) => {
    const shop = await open();
    await shop.perform("build", "token-1", report);
    expect(shop.states.answers).toMatchObject([{ kind: "failure", error, cause: expect.stringContaining(words) }]);
    expect(await shop.action("build")).toMatchObject({ status });
  });
});

describe("an action that is called again", () => {
  test("with the same token starts nothing, and is answered once", async () => {
    const shop = await open();
    await shop.enter("build", "token-1");
    await shop.enter("build", "token-1");
    await shop.run(shop.attempt("build"));
    await shop.enter("build", "token-1");
    await shop.complete(shop.attempt("build"));
    await shop.enter("build", "token-1");
    expect(shop.executor.calls.filter((call) => call.startsWith("start"))).toHaveLength(1);
    expect(shop.states.answers).toHaveLength(1);
  });

  test("at the same moment, with one token and with two, starts it once", async () => {
    const shop = await open();
    await Promise.all(["token-1", "token-1", "token-2"].map((token) => shop.enter("build", token)));
    expect(shop.executor.started).toEqual([shop.attempt("build")]);
    await shop.run(shop.attempt("build"));
    await shop.complete(shop.attempt("build"));
    expect(shop.states.answers.map(({ token }) => token).sort()).toEqual(["token-1", "token-2"]);
  });

  test("with a new token while the attempt lives starts nothing; the end answers the new token", async () => {
    const shop = await open();
    await shop.enter("build", "token-1");
    await shop.run(shop.attempt("build"));
    await shop.enter("build", "token-2");
    shop.states.deadTokens.set("token-1", "TaskTimedOut");
    await shop.complete(shop.attempt("build"));
    expect(shop.executor.started).toEqual([shop.attempt("build")]);
    expect(shop.states.answers).toMatchObject([{ token: "token-2", kind: "success" }]);
  });

  test("after it has succeeded is answered at once, also after a redrive", async () => {
    const shop = await open();
    await shop.perform("build", "token-1");
    await shop.enter("build", "token-2");
    await shop.enter("build", "token-3", 1);
    expect(shop.states.answers.map(({ token, kind }) => [token, kind])).toEqual([
      ["token-1", "success"],
      ["token-2", "success"],
      ["token-3", "success"],
    ]);
    expect(shop.executor.started).toHaveLength(1);
  });

  test("by a redrive after it has failed makes a new attempt and stops the old one first", async () => {
    const shop = await open();
    await shop.perform("build", "token-1", { exitCode: 1 });
    await shop.enter("build", "token-2", 1);
    expect(shop.executor.calls.slice(-3)).toEqual([
      `remove ${shop.attempt("build", 1)}`,
      `create ${shop.attempt("build", 2)}`,
      `start ${shop.attempt("build", 2)}`,
    ]);
    await shop.run(shop.attempt("build", 2));
    await shop.complete(shop.attempt("build", 2));
    expect(shop.answersTo("token-2")).toMatchObject([{ kind: "success" }]);
    expect(await shop.action("build")).toMatchObject({ status: "succeeded", redrive: 1, attempt: 2 });
  });

  test("by a redrive while its attempt lives goes on with it, out of the reach of the old cancellation", async () => {
    const shop = await open();
    await shop.enter("build", "token-1");
    await shop.run(shop.attempt("build"));
    await shop.enter("build", "token-2", 1);
    await shop.cancel("ABORTED", { redriveCount: 0 });
    expect(shop.executor.calls.some((call) => call.startsWith("cancel"))).toBe(false);
    await shop.complete(shop.attempt("build"));
    expect(shop.answersTo("token-2")).toMatchObject([{ kind: "success" }]);
    expect(shop.executor.started).toHaveLength(1);
  });

  test("by a redrive while its attempt is being cancelled starts a new one", async () => {
    const shop = await open();
    await shop.enter("build", "token-1");
    await shop.run(shop.attempt("build"));
    await shop.cancel("ABORTED");
    await shop.enter("build", "token-2", 1);
    expect(shop.executor.started).toEqual([shop.attempt("build", 1), shop.attempt("build", 2)]);
    expect(shop.executor.calls).toContain(`remove ${shop.attempt("build", 1)}`);
    await shop.run(shop.attempt("build", 2));
    await shop.complete(shop.attempt("build", 2));
    expect(shop.answersTo("token-2")).toMatchObject([{ kind: "success" }]);
  });

  test("by an execution that a redrive has overtaken does nothing", async () => {
    const shop = await open();
    await shop.perform("build", "token-1", { exitCode: 1 });
    await shop.enter("build", "token-2", 1);
    await shop.enter("build", "token-old", 0);
    expect(shop.executor.started).toHaveLength(2);
    expect((await shop.action("build"))?.["tokens"]).toEqual(new Set(["token-2"]));
  });

  test("by an execution that has ended does nothing", async () => {
    const shop = await open();
    await shop.perform("build", "token-1", { exitCode: 1 });
    await shop.executionIs("FAILED", { error: "Sluice.ActionFailed", cause: "exit code 1" });
    await shop.enter("build", "token-2");
    expect(shop.executor.started).toHaveLength(1);
    expect(shop.answersTo("token-2")).toEqual([]);
  });
});

describe("an attempt that was accepted but not started", () => {
  test("is started by the next call, with whichever nonce the agent was given", async () => {
    const shop = await open();
    shop.executor.faults.start = [new RetryableExecutorError("no capacity")];
    await expect(shop.enter("build", "token-1")).rejects.toMatchObject({ name: "Sluice.Retryable" });
    expect(shop.executor.started).toEqual([]);
    await shop.enter("build", "token-2");
    expect(shop.executor.started).toEqual([shop.attempt("build")]);
    expect((await shop.bootstrap(shop.attempt("build"))).status).toBe(200);
    await shop.complete(shop.attempt("build"));
    expect(shop.answersTo("token-2")).toMatchObject([{ kind: "success" }]);
  });

  test("is not started again where the executor has it", async () => {
    const shop = await open();
    shop.executor.onStart = async () => {
      shop.executor.onStart = async () => {};
      throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
    };
    await expect(shop.enter("build", "token-1")).rejects.toMatchObject({ name: "Sluice.Retryable" });
    await shop.enter("build", "token-2");
    expect(shop.executor.calls.filter((call) => call.startsWith("start"))).toHaveLength(1);
    expect(await shop.item("attempt#build#000001")).toMatchObject({ handle: `handle-${shop.attempt("build")}` });
  });

  test("fails the action where the executor can never start it", async () => {
    const shop = await open();
    shop.executor.faults.create = [new TerminalExecutorError("image shop/build:404 was not found")];
    await shop.enter("build", "token-1");
    expect(shop.states.answers).toMatchObject([
      { kind: "failure", error: "Sluice.ActionFailed", cause: expect.stringContaining("shop/build:404 was not found") },
    ]);
    expect(await shop.action("build")).toMatchObject({ status: "failed" });
  });

  test("fails the action where its executor is not configured", async () => {
    const shop = await open({ executor: "eks-shanghai" });
    await shop.enter("build", "token-1");
    expect(shop.states.answers).toMatchObject([{ kind: "failure", cause: expect.stringContaining('"eks-shanghai"') }]);
  });

  test("that expired before its agent started is removed, and Step Functions is asked to call again", async () => {
    const shop = await open();
    await shop.enter("build", "token-1");
    shop.advance(3600);
    await shop.enter("build", "token-2");
    expect(shop.executor.calls.at(-1)).toBe(`remove ${shop.attempt("build")}`);
    expect(shop.answersTo("token-2")).toMatchObject([{ kind: "failure", error: "Sluice.Retryable" }]);
    await shop.enter("build", "token-3");
    expect(shop.executor.started).toEqual([shop.attempt("build", 1), shop.attempt("build", 2)]);
  });

  test("whose agent fell silent is lost: what ran once is not run again unasked", async () => {
    const shop = await open();
    await shop.enter("build", "token-1");
    await shop.run(shop.attempt("build"));
    shop.advance(200);
    await shop.enter("build", "token-2");
    expect(shop.answersTo("token-2")).toMatchObject([{ error: "Sluice.ActionFailed" }]);
    expect(shop.executor.started).toHaveLength(1);
  });
});

describe("a call that is wrong", () => {
  test.each([
    ["no execution", { token: "t", redrive: 0, pipeline: "shop", action: "build" }],
    [
      "an action that is no key",
      { token: "t", redrive: 0, pipeline: "shop", action: "../x", execution: "arn:aws:states:eu:1:execution:m:r" },
    ],
  ])("with %s fails the state with a name of ours", async (_, payload) => {
    const shop = await open();
    const { createExecuteAction } = await import("../../../functions/index.ts");
    const handler = createExecuteAction(shop.runtime);
    await expect(handler(payload, {} as never)).rejects.toMatchObject({ name: "Sluice.ActionFailed" });
    expect(shop.logs).toHaveLength(1);
    expect(JSON.stringify(shop.logs)).not.toContain('"token"');
  });

  test("of a throttled table is asked for again", async () => {
    const shop = await open();
    shop.states.faults.set("SendTaskFailure", ["ThrottlingException"]);
    shop.executor.faults.create = [new TerminalExecutorError("no such image")];
    await expect(shop.enter("build", "token-1")).rejects.toMatchObject({ name: "Sluice.Retryable" });
    await shop.enter("build", "token-2");
    expect(shop.answersTo("token-2")).toMatchObject([{ kind: "failure", error: "Sluice.ActionFailed" }]);
  });
});
