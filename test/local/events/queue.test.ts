import { describe, expect, test } from "vitest";
import { createQueue, type QueueRecord } from "../../../local/events/queue.ts";
import { createManualClock } from "../manual-clock.ts";

function open(options: { readonly maxReceiveCount?: number; readonly fails?: (body: string) => boolean } = {}) {
  const clock = createManualClock();
  const received: QueueRecord[][] = [];
  let ids = 0;
  const queue = createQueue({
    clock,
    arn: "arn:aws:sqs:us-east-1:000000000000:orders",
    randomId: () => `id-${++ids}`,
    batchSize: 2,
    visibilityTimeoutSeconds: 30,
    maxReceiveCount: options.maxReceiveCount ?? 3,
    receive: async ({ Records }) => {
      received.push([...Records]);
      return new Set(Records.filter(({ body }) => options.fails?.(body)).map(({ messageId }) => messageId));
    },
  });
  return { clock, queue, received, bodies: () => received.map((batch) => batch.map(({ body }) => body)) };
}

describe("a queue that a function reads", () => {
  test("hands out messages soon, some at a time, and each once where it is handled", async () => {
    const { bodies, clock, queue, received } = open();
    for (const body of ["tea", "cups", "pots"]) queue.send(body);
    await clock.advance(0);
    expect(bodies()).toEqual([["tea", "cups"], ["pots"]]);
    expect(received[0]?.[0]).toEqual({
      messageId: "id-1",
      receiptHandle: expect.stringMatching(/^id-/),
      body: "tea",
      attributes: { ApproximateReceiveCount: "1" },
      eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:orders",
    });
    await clock.advance(3_600_000);
    expect(bodies()).toHaveLength(2);
  });

  test("hands out again what failed, and in the end puts it to the dead letters", async () => {
    const { bodies, clock, queue, received } = open({ fails: (body) => body === "broken" });
    queue.send("broken");
    queue.send("tea");
    await clock.advance(29_000);
    expect(bodies()).toEqual([["broken", "tea"]]);
    await clock.advance(31_000);
    expect(bodies().slice(1)).toEqual([["broken"], ["broken"]]);
    expect(received[2]?.[0]?.attributes.ApproximateReceiveCount).toBe("3");
    expect(queue.deadLetters).toEqual([]);
    await clock.advance(30_000);
    expect(queue.deadLetters).toEqual(["broken"]);
    expect(clock.pending).toBe(0);
  });

  test("shows a message when its reader says; an older receipt says nothing", async () => {
    const { bodies, clock, queue, received } = open({ fails: () => true });
    queue.send("broken");
    await clock.advance(0);
    const receipt = received[0]?.[0]?.receiptHandle ?? "";
    queue.hide(receipt, 5);
    queue.send("another");
    await clock.advance(5_000);
    expect(
      bodies()
        .flat()
        .filter((body) => body === "broken"),
    ).toHaveLength(2);
    expect(() => queue.hide(receipt, 5)).toThrow("No message has this receipt handle.");
  });

  test("takes a reader that fails as a whole for one that has handled nothing", async () => {
    const clock = createManualClock();
    let calls = 0;
    const queue = createQueue({
      clock,
      arn: "arn",
      randomId: () => String(Math.random()),
      batchSize: 10,
      visibilityTimeoutSeconds: 30,
      maxReceiveCount: 1,
      receive: () => {
        calls++;
        return Promise.reject(new Error("the function is down"));
      },
    });
    queue.send("tea");
    await clock.advance(30_000);
    expect([calls, queue.deadLetters]).toEqual([1, ["tea"]]);
    queue.send("cups");
    await queue.stop();
    await clock.advance(60_000);
    expect(calls).toBe(1);
  });
});
