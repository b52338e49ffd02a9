import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { expect, test } from "vitest";
import { createCloudWatchLogs } from "../../../functions/runs-api/cloudwatch-logs.ts";

const LOG = { region: "eu-central-1", group: "sluice", stream: "agent/agent/1" };
const ATTEMPT = { runId: "run-1", actionKey: "build", attempt: 1, hasEnded: false, log: LOG };

/** A stream of five events behind the SDK's own client; pages of two, and a token that stays at the end. */
function stream(events: readonly string[], fault?: string) {
  const asked: object[] = [];
  const client = new CloudWatchLogsClient({
    region: "eu-central-1",
    credentials: { accessKeyId: "AKIDSHOP", secretAccessKey: "shop" },
    requestHandler: {
      handle: async ({ body }: { body: string }) => {
        const input = JSON.parse(body);
        asked.push(input);
        if (fault !== undefined) return answer(400, { __type: fault, message: "of the test" });
        const start = Number(input.nextToken?.slice(2) ?? 0);
        const page = events.slice(start, start + Math.min(2, input.limit));
        const end = start + page.length;
        return answer(200, {
          events: page.map((message, at) => ({ message, timestamp: 1_768_478_400_000 + start + at })),
          nextForwardToken: `f/${end}`,
        });
      },
    },
  });
  return { logs: createCloudWatchLogs(() => client), asked };
}

function answer(statusCode: number, body: object) {
  return { response: { statusCode, headers: {}, body: new TextEncoder().encode(JSON.stringify(body)) } };
}

test("a stream is read from its head, on and on, until its token stays the same", async () => {
  const { logs, asked } = stream(["one", "two", "three"]);
  const first = await logs.read(ATTEMPT, undefined, 100);
  expect(first).toEqual({
    lines: [
      { text: "one", time: "2026-01-15T12:00:00.000Z" },
      { text: "two", time: "2026-01-15T12:00:00.001Z" },
    ],
    next: "f/2",
    isAtEnd: false,
  });
  expect(asked[0]).toEqual({ logGroupName: "sluice", logStreamName: "agent/agent/1", startFromHead: true, limit: 100 });
  const second = await logs.read(ATTEMPT, first.next, 100);
  expect(second).toMatchObject({ lines: [{ text: "three" }], isAtEnd: false });
  expect(await logs.read(ATTEMPT, second.next, 100)).toMatchObject({ lines: [], next: "f/3", isAtEnd: true });
});

test("a stream that has no event yet is empty, and so is one that no executor has named", async () => {
  const { logs } = stream([], "ResourceNotFoundException");
  expect(await logs.read(ATTEMPT, undefined, 100)).toEqual({ lines: [], next: "", isAtEnd: true });
  expect(await logs.read({ ...ATTEMPT, log: undefined }, undefined, 100)).toMatchObject({ lines: [] });
});

test("any other fault is the caller's to know", async () => {
  const { logs } = stream([], "AccessDeniedException");
  await expect(logs.read(ATTEMPT, undefined, 100)).rejects.toMatchObject({ name: "AccessDeniedException" });
});
