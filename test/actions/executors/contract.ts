import { describe, expect, test } from "vitest";
import type { ActionExecutor, AttemptSpecification } from "../../../actions/index.ts";
import { AGENT_ENVIRONMENT } from "../../../agent/protocol.ts";

/** An executor with whatever stands behind it, made anew for every test. */
export interface ExecutorUnderTest extends AsyncDisposable {
  readonly executor: ActionExecutor;
  /** How many attempts were really started. */
  started(): number;
  /** Lets what was started come to run. */
  run(attempt: AttemptSpecification): Promise<void>;
  /** Waits until what was asked to end has ended. */
  settle(attempt: AttemptSpecification): Promise<void>;
}

/** The attempt of the shop's build that every test uses. */
export function buildAttempt(changes: Partial<AttemptSpecification> = {}): AttemptSpecification {
  return {
    attemptId: "run-1.build.1",
    image: "shop/build:1",
    resources: { cpu: 1, memoryMb: 1024 },
    agentEnvironment: {
      [AGENT_ENVIRONMENT.api]: "http://127.0.0.1:9",
      [AGENT_ENVIRONMENT.attempt]: "run-1.build.1",
      [AGENT_ENVIRONMENT.nonce]: "one-time",
    },
    deadlineSeconds: 3600,
    ...changes,
  };
}

/** What every `ActionExecutor` must do. Source: actions/executors/executor.ts. */
export function describeExecutorContract(name: string, make: () => Promise<ExecutorUnderTest>): void {
  describe(`${name}: contract of every executor`, () => {
    const attempt = buildAttempt();

    test("names its kind and its instance", async () => {
      await using under = await make();
      expect(under.executor.kind).toBe(name);
      expect(under.executor.name).not.toBe("");
    });

    test("knows nothing of an attempt that was not started", async () => {
      await using under = await make();
      const { executor } = under;
      expect(await executor.exist(attempt)).toEqual({ created: false, started: false });
      expect(await executor.status(attempt)).toEqual({ phase: "unknown" });
      expect(await executor.inspect(attempt)).toContain(attempt.attemptId);
      await executor.cancel(attempt, "not wanted");
      await executor.remove(attempt);
    });

    test("creates without starting, as often as it is told", async () => {
      await using under = await make();
      await under.executor.create(attempt);
      await under.executor.create(attempt);
      expect((await under.executor.exist(attempt)).started).toBe(false);
      expect(under.started()).toBe(0);
    });

    test("starts the same attempt once and answers the same handle", async () => {
      await using under = await make();
      const { executor } = under;
      await executor.create(attempt);
      const handle = await executor.start(attempt);
      expect(await executor.start(attempt)).toBe(handle);
      expect(await executor.start({ ...attempt, handle })).toBe(handle);
      expect(under.started()).toBe(1);
      expect(await executor.exist(attempt)).toEqual({ created: true, started: true, handle });
    });

    test("starts the same attempt once also when two calls come at the same time", async () => {
      await using under = await make();
      const handles = await Promise.all([under.executor.start(attempt), under.executor.start(attempt)]);
      expect(handles[0]).toBe(handles[1]);
      expect(under.started()).toBe(1);
    });

    test("starts the same attempt once also with a new nonce", async () => {
      await using under = await make();
      const handle = await under.executor.start(attempt);
      const agentEnvironment = { ...attempt.agentEnvironment, [AGENT_ENVIRONMENT.nonce]: "another" };
      expect(await under.executor.start({ ...attempt, agentEnvironment })).toBe(handle);
      expect(under.started()).toBe(1);
    });

    test("starts another attempt of the same action for itself", async () => {
      await using under = await make();
      const second = { ...attempt, attemptId: "run-1.build.2" };
      const handles = [await under.executor.start(attempt), await under.executor.start(second)];
      expect(new Set(handles).size).toBe(2);
      expect(under.started()).toBe(2);
      await under.executor.remove(second);
    });

    test("says that an attempt runs, with and without its handle", async () => {
      await using under = await make();
      const handle = await under.executor.start(attempt);
      await under.run(attempt);
      expect(await under.executor.status(attempt)).toEqual({ phase: "running" });
      expect(await under.executor.status({ attemptId: attempt.attemptId, handle })).toEqual({ phase: "running" });
      expect(await under.executor.inspect(attempt)).not.toBe("");
    });

    test("cancels, and again without effect", async () => {
      await using under = await make();
      await under.executor.start(attempt);
      await under.run(attempt);
      await under.executor.cancel(attempt, "the run is being cancelled ".repeat(30));
      await under.executor.cancel(attempt, "again");
      await under.settle(attempt);
      expect(await under.executor.status(attempt)).toMatchObject({ phase: "ended" });
      await under.executor.cancel(attempt, "after its end");
    });

    test("removes what runs, and again without effect", async () => {
      await using under = await make();
      await under.executor.start(attempt);
      await under.run(attempt);
      await under.executor.remove(attempt);
      await under.settle(attempt);
      expect((await under.executor.status(attempt)).phase).not.toBe("running");
      await under.executor.remove(attempt);
    });

    test("updates a deadline or says that it cannot", async () => {
      await using under = await make();
      await under.executor.start(attempt);
      const outcome = await under.executor.update(attempt, { deadlineSeconds: 60 }).then(
        () => "updated",
        (error: Error) => error.name,
      );
      expect(["updated", "UnsupportedOperation"]).toContain(outcome);
    });
  });
}
