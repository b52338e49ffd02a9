import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ActionExecutor, UnsupportedOperationError } from "../../../actions/index.ts";
import { planObjects } from "../../../functions/index.ts";
import { writeOutput } from "../../../functions/records/output.ts";
import { ShopApi } from "../support/runs-api.ts";
import { type Database, startDatabase } from "../support/shop.ts";

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

const params = { target: "production" };

/** Twelve runs, one a second; every third has failed. */
async function openWithRuns(): Promise<ShopApi> {
  const api = await ShopApi.open(database);
  for (let n = 1; n <= 12; n++) {
    api.shop.advance(1);
    const key = `run-${String(n).padStart(2, "0")}`;
    await api.submit({ pipeline: "shop", params, idempotencyKey: key });
    if (n % 3 === 0) {
      const executionArn = api.shop.execution.replace(api.shop.runId, key);
      await api.shop.record("FAILED", { executionArn, name: key, error: "Sluice.ActionFailed", cause: "broken" });
    }
  }
  return api;
}

async function listAll(api: ShopApi, query: Readonly<Record<string, string>>): Promise<string[][]> {
  const pages: string[][] = [];
  let after: string | undefined;
  do {
    const { status, body } = await api.call("GET", "/runs", { query: { ...query, ...(after && { after }) } });
    expect(status).toBe(200);
    pages.push(body.runs.map(({ runId }: { runId: string }) => runId.slice(4)));
    after = body.next;
  } while (after !== undefined);
  return pages;
}

describe("the list of runs", () => {
  test("has the newest first, page by page, each run once", async () => {
    const api = await openWithRuns();
    expect(await listAll(api, { limit: "5" })).toEqual([
      ["12", "11", "10", "09", "08"],
      ["07", "06", "05", "04", "03"],
      ["02", "01"],
    ]);
    expect(await listAll(api, { limit: "12" })).toHaveLength(1);
    expect((await api.call("GET", "/runs", { query: { limit: "1" } })).body.runs).toEqual([
      {
        runId: "run-12",
        pipeline: "shop",
        name: "Shop release",
        status: "failed",
        createdAt: "2026-01-15T12:00:12.000Z",
        startedAt: "2026-01-15T12:00:12.000Z",
        endedAt: "2026-01-15T12:00:12.000Z",
        trigger: { kind: "api", caller: "arn:aws:sts::123456789012:assumed-role/release-manager/maria" },
      },
    ]);
  });

  test("is of a pipeline, of statuses, of both", async () => {
    const api = await openWithRuns();
    expect(await listAll(api, { status: "failed" })).toEqual([["12", "09", "06", "03"]]);
    expect(await listAll(api, { status: "failed", limit: "2", pipeline: "shop" })).toEqual([
      ["12", "09"],
      ["06", "03"],
    ]);
    expect((await listAll(api, { status: "queued,failed" })).flat()).toHaveLength(12);
    expect(await listAll(api, { pipeline: "another" })).toEqual([[]]);
  });

  test.each([
    [{ status: "broken" }, '"status.0": Invalid option'],
    [{ limit: "0" }, '"limit": Too small'],
    [{ limit: "1000" }, '"limit": Too big'],
    [{ limit: "-1" }, '"limit": must be a number'],
    [{ after: "x" }, '"after" is not what an answer has named as "next"'],
    [{ page: "2" }, '"page" is not known.'],
  ])("of %o is refused", async (query, detail) => {
    const api = await ShopApi.open(database);
    const { status, body } = await api.call("GET", "/runs", { query });
    expect(status).toBe(400);
    expect(body.detail).toContain(detail);
  });
});

describe("a run", () => {
  test("is shown with its actions; one that is not there is a 404", async () => {
    const api = await ShopApi.open(database);
    await api.shop.perform("build", "token-1", { outputs: [{ name: "version", value: "1.2" }] });
    const { status, body } = await api.call("GET", `/runs/${api.shop.runId}`);
    expect(status).toBe(200);
    expect(body.actions).toEqual([
      expect.objectContaining({ alias: "build", status: "succeeded", outputs: { version: "1.2" } }),
      expect.objectContaining({ alias: "Füße", status: "pending" }),
      expect.objectContaining({ alias: "deploy", status: "pending" }),
    ]);
    expect((await api.call("GET", "/runs/run-99")).body.detail).toBe('There is no run "run-99".');
    expect((await api.call("GET", "/runs/run-99")).status).toBe(404);
  });

  test("with more outputs than an answer holds names the largest of them with their sizes", async () => {
    const api = await ShopApi.open(database);
    await api.shop.perform("build", "token-1");
    const owner = { runId: api.shop.runId, key: "build", attempt: 1 };
    for (const name of ["a", "b", "c"]) await writeOutput(api.runtime, owner, name, name.repeat(400_000));
    await writeOutput(api.runtime, owner, "small", "x");
    const [build] = (await api.call("GET", `/runs/${api.shop.runId}`)).body.actions;
    expect(Object.keys(build.outputs).sort()).toEqual(["a", "b", "small"]);
    expect(build.omittedOutputs).toEqual({ c: { bytes: 400_000 } });
  });

  test("is cancelled once; one that has ended otherwise is not", async () => {
    const api = await ShopApi.open(database);
    await api.submit({ pipeline: "shop", params, idempotencyKey: "run-1" });
    const cancelled = await api.call("POST", "/runs/run-1/cancel");
    expect(cancelled).toMatchObject({ status: 202, body: { runId: "run-1", status: "queued" } });
    expect(api.shop.states.stopped).toEqual([api.shop.execution.replace(api.shop.runId, "run-1")]);
    const executionArn = api.shop.execution.replace(api.shop.runId, "run-1");
    await api.shop.record("ABORTED", { executionArn });
    expect((await api.call("POST", "/runs/run-1/cancel")).status).toBe(200);
    expect(api.shop.states.stopped).toHaveLength(1);

    await api.submit({ pipeline: "shop", params, idempotencyKey: "run-2" });
    await api.shop.record("SUCCEEDED", { executionArn: executionArn.replace("run-1", "run-2") });
    const ended = await api.call("POST", "/runs/run-2/cancel");
    expect([ended.status, ended.body.detail]).toEqual([409, 'Run "run-2" has ended already: it is "succeeded".']);
  });

  test("whose execution does not exist yet is to be cancelled a moment later", async () => {
    const api = await ShopApi.open(database);
    await api.submit({ pipeline: "shop", params, idempotencyKey: "run-1" });
    api.shop.states.faults.set("StopExecution", ["ExecutionDoesNotExist"]);
    const { status, body } = await api.call("POST", "/runs/run-1/cancel");
    expect([status, body.detail]).toEqual([409, 'Run "run-1" is recorded and not yet started. Try again.']);
  });
});

describe("a log", () => {
  const path = (api: ShopApi, action = "build") => `/runs/${api.shop.runId}/actions/${action}/log`;

  test("is read page by page, and followed while the attempt writes", async () => {
    const api = await ShopApi.open(database);
    await api.shop.enter("build", "token-1");
    await api.shop.run(api.shop.attempt("build"));
    api.logs.set("build.1", ["one", "two", "three"]);
    const first = await api.call("GET", path(api), { query: { limit: "2" } });
    expect(first.body).toMatchObject({
      attempt: 1,
      lines: [{ text: "one" }, { text: "two" }],
      complete: false,
      ended: false,
    });
    const second = await api.call("GET", path(api), { query: { after: first.body.next } });
    expect(second.body).toMatchObject({ lines: [{ text: "three" }], complete: false });
    const nothing = await api.call("GET", path(api), { query: { after: second.body.next } });
    expect(nothing.body).toMatchObject({ lines: [], complete: false, next: second.body.next });
    api.logs.get("build.1")?.push("four");
    await api.shop.complete(api.shop.attempt("build"));
    const last = await api.call("GET", path(api), { query: { after: nothing.body.next } });
    expect(last.body).toMatchObject({ lines: [{ text: "four" }], complete: true, ended: true });
  });

  test("of an action that has not begun is empty, and goes on with its first attempt", async () => {
    const api = await ShopApi.open(database);
    await api.shop.enter("build", "token-1");
    const before = await api.call("GET", path(api, "deploy"));
    expect(before.body).toMatchObject({ attempt: 0, lines: [], complete: false, ended: false });
    await api.shop.perform("build", "token-2");
    await api.shop.perform("f-e-1a2b3c4d", "token-3");
    await api.shop.enter("deploy", "token-4");
    api.logs.set("deploy.1", ["one"]);
    const after = await api.call("GET", path(api, "deploy"), { query: { after: before.body.next } });
    expect(after.body).toMatchObject({ attempt: 1, lines: [{ text: "one" }] });
  });

  test("is found by the alias, as either API hands it over, and by the key", async () => {
    const api = await ShopApi.open(database);
    await api.shop.enter("build", "token-1");
    for (const name of [encodeURIComponent("Füße"), "f-e-1a2b3c4d"]) {
      for (const rest of [false, true]) {
        expect((await api.call("GET", path(api, name), { rest })).body).toMatchObject({
          alias: "Füße",
          action: "f-e-1a2b3c4d",
        });
      }
    }
    const unknown = await api.call("GET", path(api, "test"));
    expect([unknown.status, unknown.body.detail]).toEqual([
      404,
      `Run "${api.shop.runId}" has no action "test"; it has "build", "Füße", "deploy".`,
    ]);
  });

  test("of an attempt that was not made is a 404, a wrong number a 400", async () => {
    const api = await ShopApi.open(database);
    await api.shop.enter("build", "token-1");
    const missing = await api.call("GET", path(api), { query: { attempt: "2" } });
    expect([missing.status, missing.body.detail]).toEqual([404, 'Action "build" has no attempt 2; it has 1.']);
    expect((await api.call("GET", path(api), { query: { attempt: "0" } })).status).toBe(400);
  });
});

describe("an action", () => {
  test("is inspected: what its record and its executor say", async () => {
    const api = await ShopApi.open(database);
    await api.shop.enter("build", "token-1");
    await api.shop.run(api.shop.attempt("build"));
    const { status, body } = await api.call("GET", `/runs/${api.shop.runId}/actions/build/inspect`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      attempt: 1,
      executor: "build",
      handle: `handle-${api.shop.attempt("build")}`,
      acceptedAt: "2026-01-15T12:00:00.000Z",
      startedAt: "2026-01-15T12:00:00.000Z",
      deadlineAt: "2026-01-15T13:01:00.000Z",
    });
    expect(JSON.stringify(body)).not.toMatch(/nonce|secret|Hash/);
    const pending = await api.call("GET", `/runs/${api.shop.runId}/actions/deploy/inspect`);
    expect([pending.status, pending.body.detail]).toEqual([
      409,
      'Action "deploy" has no attempt to look at: it is "pending".',
    ]);
  });

  test("of an executor that was taken away cannot be inspected", async () => {
    const api = await ShopApi.open(database);
    await api.shop.enter("build", "token-1");
    const without = { ...api.runtime, executors: new Map() };
    Object.assign(api, { runtime: without });
    const { status, body } = await api.call("GET", `/runs/${api.shop.runId}/actions/build/inspect`);
    expect([status, body.detail]).toEqual([409, expect.stringContaining("/sluice/executors/build")]);
  });

  test("is changed while it lives, where its executor can", async () => {
    const api = await ShopApi.open(database);
    await api.shop.enter("build", "token-1");
    const path = `/runs/${api.shop.runId}/actions/build/update`;
    const updates: unknown[] = [];
    const executor: Pick<ActionExecutor, "update"> = api.shop.executor;
    executor.update = async (attempt, change) => void updates.push([attempt.attemptId, change]);
    expect((await api.call("POST", path, { body: { deadlineSeconds: 600 } })).status).toBe(200);
    expect(updates).toEqual([[api.shop.attempt("build"), { deadlineSeconds: 600 }]]);
    expect((await api.call("POST", path, { body: { deadlineSeconds: 0 } })).status).toBe(400);
    expect((await api.call("POST", path, { body: { image: "x" } })).status).toBe(400);

    executor.update = async () => {
      throw new UnsupportedOperationError("ecs", "update");
    };
    const unable = await api.call("POST", path, { body: { deadlineSeconds: 600 } });
    expect([unable.status, unable.body.detail]).toEqual([409, expect.stringContaining("can change nothing")]);
    await api.shop.run(api.shop.attempt("build"));
    await api.shop.complete(api.shop.attempt("build"));
    expect((await api.call("POST", path, { body: { deadlineSeconds: 600 } })).status).toBe(409);
  });
});

describe("the list of pipelines", () => {
  test("has those that were deployed, with what they want and put out", async () => {
    const api = await ShopApi.open(database);
    for (const key of ["a", "b", "c"]) {
      api.shop.bucket.put(planObjects.current(key), JSON.stringify({ planHash: "plan-1", machine: key }));
    }
    const first = await api.call("GET", "/pipelines", { query: { limit: "3" } });
    expect(first.body.pipelines.map(({ pipeline }: { pipeline: string }) => pipeline)).toEqual(["a", "b", "c"]);
    const second = await api.call("GET", "/pipelines", { query: { limit: "3", after: first.body.next } });
    expect(second.body).toEqual({
      pipelines: [
        {
          pipeline: "shop",
          name: "Shop release",
          planHash: "plan-1",
          params: [
            { name: "target", type: "string", required: true },
            { name: "replicas", type: "int", required: false },
          ],
          outputs: [],
        },
      ],
    });
  });
});
