import { expect, test } from "vitest";
import { createFunctionHost, type Handler } from "../../../local/function-host/function-host.ts";
import { createManualClock } from "../manual-clock.ts";

function createHost() {
  const clock = createManualClock();
  let count = 0;
  const randomId = () => `request-${++count}`;
  return { clock, host: createFunctionHost({ clock, region: "eu-west-1", accountId: "000000000000", randomId }) };
}

test("event and result go through JSON, as on Lambda", async () => {
  const { host } = createHost();
  const placed = new Date(0);
  host.register({ name: "price", handler: async (event) => ({ event, placed, none: undefined, list: [undefined] }) });
  const result = await host.invoke("price", '{"sku":"tea"}');
  expect(JSON.parse(result.payload)).toEqual({
    event: { sku: "tea" },
    placed: "1970-01-01T00:00:00.000Z",
    list: [null],
  });
  host.register({ name: "silent", handler: async () => undefined });
  expect(await host.invoke("silent", "")).toEqual({ payload: "null" });
});

test("a function is found by name, by ARN and with a version", async () => {
  const { host } = createHost();
  const arn = host.register({ name: "price", handler: async (_, context) => context.invokedFunctionArn });
  expect(arn).toBe("arn:aws:lambda:eu-west-1:000000000000:function:price");
  for (const name of ["price", "price:live", arn, `${arn}:$LATEST`]) {
    expect(await host.invoke(name, "{}")).toEqual({ payload: JSON.stringify(arn) });
  }
  await expect(host.invoke("prize", "{}")).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    statusCode: 404,
  });
});

test("what a handler throws is answered in the shape of Node's runtime", async () => {
  class OutOfStockError extends Error {
    override readonly name = "Shop.OutOfStock";
  }
  const { host } = createHost();
  host.register({
    name: "order",
    handler: () => {
      throw new OutOfStockError("no tea");
    },
  });
  const result = await host.invoke("order", "{}");
  expect(result.functionError).toBe("Unhandled");
  expect(JSON.parse(result.payload)).toEqual({
    errorType: "Shop.OutOfStock",
    errorMessage: "no tea",
    trace: expect.arrayContaining(["Shop.OutOfStock: no tea"]),
  });
});

test("a handler that takes longer than its timeout is answered for", async () => {
  const { host, clock } = createHost();
  let finish = () => {};
  const handler: Handler = async (_, context) => {
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    return context.getRemainingTimeInMillis();
  };
  host.register({ name: "slow", handler, timeoutSeconds: 3 });
  const answered = host.invoke("slow", "{}");
  await clock.advance(3000);
  const { payload, functionError } = await answered;
  expect(functionError).toBe("Unhandled");
  expect(JSON.parse(payload)).toMatchObject({
    errorType: "Sandbox.Timedout",
    errorMessage: "RequestId: request-1 Error: Task timed out after 3.00 seconds",
  });
  finish();
  await host.stop();
  expect(clock.pending).toBe(0);
});

test("concurrency beyond the reserved one is throttled", async () => {
  const { host } = createHost();
  let finish = () => {};
  const gate = new Promise<void>((resolve) => {
    finish = resolve;
  });
  host.register({ name: "one", handler: () => gate, concurrency: 1 });
  const first = host.invoke("one", "{}");
  await expect(host.invoke("one", "{}")).rejects.toMatchObject({ name: "TooManyRequestsException", statusCode: 429 });
  finish();
  await first;
  expect(await host.invoke("one", "{}")).toEqual({ payload: "null" });
});

test("an event is tried twice more, then given up", async () => {
  const { host, clock } = createHost();
  let calls = 0;
  host.register({
    name: "notify",
    handler: async () => {
      calls++;
      throw new Error("mail server down");
    },
  });
  host.invokeLater("notify", "{}");
  await clock.advance(60_000);
  expect(calls).toBe(3);
  expect(clock.pending).toBe(0);
});

test("stop waits for what runs, forgets tries and takes nothing new", async () => {
  const { host, clock } = createHost();
  const ended: string[] = [];
  let finish = () => {};
  host.register({
    name: "pack",
    handler: async () => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      ended.push("packed");
    },
  });
  host.register({ name: "fail", handler: () => Promise.reject(new Error("no")) });
  host.invokeLater("fail", "{}");
  host.invokeLater("pack", "{}");
  await clock.advance(0);
  const stopped = host.stop().then(() => ended.push("stopped"));
  await expect(host.invoke("pack", "{}")).rejects.toThrow("Function not found");
  finish();
  await stopped;
  expect(ended).toEqual(["packed", "stopped"]);
  expect(clock.pending).toBe(0);
});

test("payloads have Lambda's limits", async () => {
  const { host } = createHost();
  host.register({ name: "echo", handler: async () => "x".repeat(7 * 1024 * 1024) });
  await expect(host.invoke("echo", `"${"x".repeat(7 * 1024 * 1024)}"`)).rejects.toMatchObject({
    name: "RequestTooLargeException",
  });
  await expect(host.invoke("echo", "{")).rejects.toMatchObject({ name: "InvalidRequestContentException" });
  expect(JSON.parse((await host.invoke("echo", "{}")).payload).errorType).toBe("Function.ResponseSizeTooLarge");
});
