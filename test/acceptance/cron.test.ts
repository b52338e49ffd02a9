import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { GetScheduleCommand } from "@aws-sdk/client-scheduler";
import { afterEach, expect, test } from "vitest";
import { type Runtime, readSchedule, startSchedule, stopSchedule } from "../../functions/index.ts";
import { NAMES } from "../../local/installation/names.ts";
import { SCHEDULE_PLACE } from "../../local/installation/schedule-place.ts";
import { createManualClock, type ManualClock } from "../local/manual-clock.ts";
import { startShop } from "../local/shop-installation.ts";
import { until } from "../until.ts";

const KEY = "the key of the shop's receiver";

/** Someone else's program that takes webhooks, or refuses them. */
interface Receiver {
  readonly url: string;
  readonly requests: { readonly headers: IncomingMessage["headers"]; readonly body: string }[];
  status: number;
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function startReceiver(status = 200): Promise<Receiver> {
  const receiver = { url: "", requests: [] as Receiver["requests"], status };
  const server: Server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    receiver.requests.push({ headers: request.headers, body });
    response.writeHead(receiver.status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks?token=not-for-logs`;
  return receiver;
}

/** The check that docs/events.md tells receivers to make. */
function isGenuine({ body, headers }: Receiver["requests"][number], nowSeconds: number): boolean {
  const [, time, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers["sluice-signature"])) ?? [];
  const expected = createHmac("sha256", KEY).update(`${time}.${body}`).digest("hex");
  return signature === expected && Math.abs(nowSeconds - Number(time)) <= 300;
}

/** The file takes 90 seconds of the clock, and no process. */
const pipeline = (overlap: string) => `
version: "1.1"
name: nightly
cron: "* * * * *"
cron_timezone: Europe/Berlin
cron_overlap: ${overlap}
stages:
  - stage:
      - wait:
          alias: pause
          params: {wait_time_sec: 90}
`;

async function startNightly(overlap: string, options: Parameters<typeof startShop>[0] = {}) {
  const clock = createManualClock(Date.UTC(2026, 2, 28, 23, 0, 30));
  const shop = await startShop({ clock, schedules: true, ...options });
  closing.push(() => stopWith(clock, shop.stop()));
  const events: { status: unknown; runId: unknown }[] = [];
  shop.installation.onEvent(({ detail, "detail-type": type }) => {
    if (type === "Sluice Run Status Change") events.push({ status: detail["status"], runId: detail["runId"] });
  });
  const { installation } = shop;
  // What the API's function has of the runtime: enough to read and switch schedules.
  const runtime = {
    clients: installation.clients,
    environment: { tableName: installation.tableName, bucketName: NAMES.bucket, schedules: SCHEDULE_PLACE },
    clock,
  } as unknown as Runtime;
  await installation.deploy(shop.compile("nightly.yaml", pipeline(overlap)));
  const ticks = async () => (await readSchedule(runtime, "nightly")).ticks.toReversed();
  return { clock, shop, events, runtime, ticks };
}

/** Stopping waits on the clock, too (at most ten seconds of it). */
async function stopWith(clock: ManualClock, stopping: Promise<void>): Promise<void> {
  let isStopped = false;
  const done = stopping.finally(() => {
    isStopped = true;
  });
  while (!isStopped) await clock.advance(1_000);
  await done;
}

/** Moves the clock second by second until something has happened. */
async function advanceUntil(clock: ManualClock, condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await clock.advance(1_000);
}

test("a cron starts runs at its times; while one is under way, the next time is left out and told why", async () => {
  const { clock, events, ticks } = await startNightly("forbid");
  const ended = () => events.filter(({ status }) => status === "succeeded").length;

  await clock.advance(30_000);
  await until(() => events.some(({ status }) => status === "running"));
  await clock.advance(60_000);
  await advanceUntil(clock, async () => (await ticks()).length === 2);
  await advanceUntil(clock, () => ended() === 1);
  await advanceUntil(clock, async () => (await ticks()).length === 3);

  const [first, second, third] = await ticks();
  expect(first).toMatchObject({ scheduledTime: "2026-03-28T23:01:00.000Z", outcome: "started" });
  expect(second).toMatchObject({
    scheduledTime: "2026-03-28T23:02:00.000Z",
    outcome: "skipped",
    reason: `Run "${first?.runId}" is under way, and "cron_overlap" is "forbid".`,
  });
  expect(third).toMatchObject({ outcome: "started" });
  expect(new Set(events.map(({ runId }) => runId)).size).toBe(2);
});

test("cron_overlap: replace cancels the run that is under way", async () => {
  const { clock, events, ticks } = await startNightly("replace");

  await clock.advance(30_000);
  await until(() => events.some(({ status }) => status === "running"));
  await clock.advance(60_000);
  await advanceUntil(clock, async () => (await ticks()).length === 2);
  await advanceUntil(clock, () => events.some(({ status }) => status === "cancelled"));

  const [first, second] = await ticks();
  expect(second).toMatchObject({ outcome: "started" });
  expect(events.find(({ status }) => status === "cancelled")?.runId).toBe(first?.runId);
});

test("a stopped cron starts nothing, also after it is deployed again, until it is started", async () => {
  const { clock, events, runtime, shop, ticks } = await startNightly("allow");
  expect(await readSchedule(runtime, "nightly")).toMatchObject({
    cron: "* * * * *",
    expressions: ["cron(* * * * ? *)"],
    timezone: "Europe/Berlin",
    overlap: "allow",
    enabled: true,
  });

  expect((await stopSchedule(runtime, "nightly")).enabled).toBe(false);
  await shop.installation.deploy(shop.compile("nightly.yaml", pipeline("allow")));
  await clock.advance(300_000);
  expect(await ticks()).toEqual([]);
  expect(events).toEqual([]);

  expect((await startSchedule(runtime, "nightly")).enabled).toBe(true);
  await advanceUntil(clock, async () => (await ticks()).length === 1);

  const withoutCron = pipeline("allow").replace(/^cron.*\n/gm, "");
  await shop.installation.deploy(shop.compile("nightly.yaml", withoutCron));
  const command = new GetScheduleCommand({ Name: "nightly-1", GroupName: SCHEDULE_PLACE.group });
  await expect(shop.installation.clients.scheduler.send(command)).rejects.toThrow("does not exist");
});

test("whoever asked is told, signed; a receiver that fails is tried again and again, and then there are dead letters", async () => {
  const good = await startReceiver();
  const bad = await startReceiver(503);
  const { clock, events, shop } = await startNightly("forbid", {
    notifications: [
      { notification: { name: "shop", target: { kind: "webhook" } }, secret: { url: good.url, key: KEY } },
      {
        notification: { name: "broken", statuses: ["succeeded"], target: { kind: "webhook" } },
        secret: { url: bad.url, key: KEY },
      },
      {
        notification: { name: "others", pipelines: ["release-*"], target: { kind: "webhook" } },
        secret: { url: bad.url, key: KEY },
      },
    ],
  });

  await clock.advance(30_000);
  await until(() => events.some(({ status }) => status === "running"));
  await advanceUntil(clock, () => events.some(({ status }) => status === "succeeded"));
  await until(() => good.requests.length === 1);

  const [request] = good.requests;
  if (request === undefined) throw new Error("Nothing was received.");
  expect(isGenuine(request, clock.now() / 1000)).toBe(true);
  expect(isGenuine({ ...request, body: request.body.replace("succeeded", "failed") }, clock.now() / 1000)).toBe(false);
  expect(JSON.parse(request.body)).toMatchObject({
    id: request.headers["sluice-event-id"],
    source: "sluice",
    "detail-type": "Sluice Run Status Change",
    detail: { version: 1, pipeline: "nightly", status: "succeeded", runId: events[0]?.runId },
  });

  // The first message to the broken receiver: nine tries within 36 minutes, then it is a dead letter.
  const first = () => bad.requests.filter(({ body }) => body.includes(String(events[0]?.runId))).length;
  for (let tries = 1; tries <= 9; tries++) {
    await until(() => first() === tries || shop.installation.deadLetters.length > 0);
    const wait = Math.min(900, 10 * 2 ** (tries - 1));
    await advanceSeconds(clock, wait, () => first() > tries || shop.installation.deadLetters.length > 0);
  }
  await until(() => shop.installation.deadLetters.length > 0);
  expect(first()).toBe(9);
  expect(JSON.parse(shop.installation.deadLetters[0] ?? "")).toMatchObject({
    notification: { name: "broken" },
    event: { detail: { runId: events[0]?.runId, status: "succeeded" } },
  });
}, 60_000);

/** At most so many seconds and a little more, and not beyond what is awaited. */
async function advanceSeconds(clock: ManualClock, seconds: number, isReached: () => boolean): Promise<void> {
  for (let passed = 0; passed < seconds + 5 && !isReached(); passed += 5) await clock.advance(5_000);
}
