import { describe, expect, test } from "vitest";
import { runnerExecutor } from "../../fixtures/executor-kind/contract.ts";
import { createRunnerExecutor } from "../../fixtures/executor-kind/runner-executor.ts";
import { buildAttempt, describeExecutorContract } from "./contract.ts";

/** The machine behind the executor of docs/executors.md, "A kind of your own". */
function createRunner() {
  const attempts = new Map<string, { ended: boolean; exitCode?: number }>();
  let answer: Response | undefined;
  const respond = async (url: string | URL | Request, { method = "GET" }: RequestInit = {}) => {
    if (answer !== undefined) return answer;
    const id = String(url).split("/").at(-1) ?? "";
    const found = attempts.get(id);
    if (method === "PUT") attempts.set(id, found ?? { ended: false });
    if (method === "DELETE" && found) attempts.set(id, { ended: true, exitCode: 143 });
    const known = attempts.get(id);
    return known === undefined ? new Response("", { status: 404 }) : Response.json(known);
  };
  const configuration = runnerExecutor.parse({ kind: "runner", url: "https://runner.shop.example" });
  return {
    executor: createRunnerExecutor({ name: "cellar", configuration, fetch: respond }),
    attempts,
    always: (status: number) => {
      answer = new Response("no", { status });
    },
  };
}

describeExecutorContract("runner", async () => {
  const { executor, attempts } = createRunner();
  return {
    executor,
    started: () => attempts.size,
    run: async () => {},
    settle: async () => {},
    [Symbol.asyncDispose]: async () => {},
  };
});

describe("its faults", () => {
  test.each([
    [503, "Sluice.Retryable"],
    [400, "Sluice.ActionFailed"],
  ])("an answer %i is %s", async (status, name) => {
    const { executor, always } = createRunner();
    always(status);
    await expect(executor.start(buildAttempt())).rejects.toMatchObject({ name });
  });

  test("a machine that cannot be reached is asked again later", async () => {
    const fetch = () => Promise.reject(new TypeError("fetch failed"));
    const configuration = { kind: "runner", url: "https://runner.shop.example" } as const;
    const executor = createRunnerExecutor({ name: "cellar", configuration, fetch });
    await expect(executor.status(buildAttempt())).rejects.toMatchObject({ name: "Sluice.Retryable" });
  });
});
