import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { OPEN_API, SHOP_PLAN, ShopApi } from "../support/runs-api.ts";
import { SCHEDULE_PLACE } from "../support/scheduler.ts";
import { type Database, startDatabase } from "../support/shop.ts";

const FILE = fileURLToPath(new URL("../../../schema/openapi.json", import.meta.url));

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

test("schema/openapi.json is the document that the function answers (vitest -u writes it)", async () => {
  await expect(`${JSON.stringify(OPEN_API, null, 2)}\n`).toMatchFileSnapshot(FILE);
});

test("it is OpenAPI 3.1", async () => {
  const { valid, errors } = await new Validator().validate(JSON.parse(readFileSync(FILE, "utf8")));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
});

test("every reference in it leads somewhere, and every schema is used", () => {
  const text = JSON.stringify(OPEN_API);
  const referenced = new Set([...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name));
  const { schemas } = OPEN_API.components as { schemas: object };
  expect(new Set(Object.keys(schemas))).toEqual(referenced);
});

/** Requests that are answered well, and ones that are refused in each way, by operation. */
const CALLS = {
  submitRun: {
    method: "POST",
    path: "/runs",
    body: { pipeline: "shop", params: { target: "x" }, idempotencyKey: "run-1" },
  },
  listRuns: { method: "GET", path: "/runs" },
  readRun: { method: "GET", path: "/runs/run-1" },
  readLog: { method: "GET", path: "/runs/run-1/actions/build/log" },
  inspectAction: { method: "GET", path: "/runs/run-1/actions/build/inspect" },
  updateAction: { method: "POST", path: "/runs/run-1/actions/build/update", body: { deadlineSeconds: 60 } },
  cancelRun: { method: "POST", path: "/runs/run-1/cancel" },
  listPipelines: { method: "GET", path: "/pipelines" },
  readSchedule: { method: "GET", path: "/pipelines/nightly/schedule" },
  switchSchedule: { method: "PUT", path: "/pipelines/nightly/schedule", body: { enabled: true } },
  readOpenApi: { method: "GET", path: "/openapi.json" },
} as const;

test("every answer that it documents is given, and is as documented", async () => {
  let fault: Error | undefined;
  const api = await ShopApi.open(database, [
    {
      before: () => {
        if (fault !== undefined) throw fault;
      },
    },
  ]);
  const { shop } = api;
  const executionArn = shop.execution.replace(shop.runId, "run-1");
  Object.assign(shop, { runId: "run-1", execution: executionArn });
  await shop.scheduler.createGroup();
  Object.assign(api.runtime.environment, { schedules: SCHEDULE_PLACE });
  const schedule = { cron: "@daily", expressions: ["cron(0 0 * * ? *)"], timezone: "UTC", overlap: "allow" } as const;
  shop.publish({ ...SHOP_PLAN, pipeline: "nightly", schedule }, "plan-9");
  for (const [operation, call] of Object.entries(CALLS)) {
    const { method, path } = call;
    const body = "body" in call ? call.body : undefined;
    const send = (more: object = {}) => api.call(method, path, { body, mayBreak: true, ...more });
    if (operation === "inspectAction") {
      expect((await send()).status).toBe(409);
      await shop.enter("build", "token-1");
    }
    await send();
    await send({ query: { colour: "red" } });
    await send({ caller: null });
    for (const name of ["ThrottlingException", "ServiceUnavailable", "SyntaxError"]) {
      fault = Object.assign(new Error("of the test"), { name });
      await send();
      fault = undefined;
    }
    if (path.includes("run-1")) await api.call(method, path.replace("run-1", "run-2"), { body });
    if (path.includes("nightly")) await api.call(method, path.replace("nightly", "daily"), { body });
  }
  await api.call("POST", "/runs", CALLS.submitRun); // again: 200
  await api.submit({ pipeline: "shop", params: { target: "y" }, idempotencyKey: "run-1" });
  await api.submit({ pipeline: "nothing" });
  await api.submit({ pipeline: "shop" });
  await api.submit({ yaml: "stages: {}" });
  for (const path of ["/runs", CALLS.updateAction.path])
    await api.call("POST", path, { rawBody: "x".repeat(2_200_000) });
  await api.call("PUT", CALLS.switchSchedule.path, { rawBody: "x".repeat(2_200_000) });
  await shop.record("ABORTED", { executionArn });
  await api.call("POST", CALLS.cancelRun.path);
  await shop.perform("build", "token-2");
  await api.call("POST", CALLS.updateAction.path, { body: { deadlineSeconds: 60 } });
  Object.assign(shop, { runId: "run-3", execution: executionArn.replace("run-1", "run-3") });
  await api.submit({ pipeline: "shop", params: { target: "x" }, idempotencyKey: "run-3" });
  await shop.record("SUCCEEDED", { executionArn: shop.execution });
  await api.call("POST", "/runs/run-3/cancel");

  const documented = Object.values(OPEN_API.paths).flatMap((methods) =>
    Object.values(methods).flatMap((operation) => {
      const { operationId } = operation as unknown as { operationId: string };
      return Object.keys(operation.responses).map((status) => `${operationId} ${status}`);
    }),
  );
  expect([...api.answered].sort()).toEqual(documented.sort());
});
