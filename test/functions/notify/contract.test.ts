import { describe, expect, test } from "vitest";
import {
  notificationDeclaration,
  notificationDeclarations,
  notificationPattern,
  notificationTemplate,
} from "../../../functions/notify/contract.ts";
import { fillTemplate } from "../../../local/events/input-template.ts";
import { compilePattern } from "../../../local/events/pattern/pattern.ts";

const OPS = { name: "ops", target: { kind: "slack" } } as const;

const matches = (options: object, detailType: string, detail: object) =>
  compilePattern(JSON.stringify(notificationPattern(notificationDeclaration.parse({ ...OPS, ...options })))).matches({
    source: "sluice",
    "detail-type": detailType,
    detail: { ...detail },
  });

const RUN = "Sluice Run Status Change";
const ACTION = "Sluice Action Status Change";

describe("a declaration", () => {
  test.each([
    [{}, RUN, { pipeline: "shop", status: "failed" }, true],
    [{}, RUN, { pipeline: "shop", status: "succeeded" }, true],
    [{}, RUN, { pipeline: "shop", status: "running" }, false],
    [{}, ACTION, { pipeline: "shop", status: "failed" }, false],
    [{ events: ["action"], statuses: ["failed"] }, ACTION, { pipeline: "shop", status: "failed" }, true],
    [{ events: ["run", "action"], statuses: ["waiting"] }, ACTION, { pipeline: "shop", status: "waiting" }, true],
    [{ pipelines: ["shop"] }, RUN, { pipeline: "shop", status: "failed" }, true],
    [{ pipelines: ["shop"] }, RUN, { pipeline: "shop-2", status: "failed" }, false],
    [{ pipelines: ["docs", "shop*"] }, RUN, { pipeline: "shop-2", status: "failed" }, true],
    [{ pipelines: ["*"] }, RUN, { pipeline: "shop", status: "failed" }, true],
  ])("%o and %s of %o: %s", (options, detailType, detail, expected) => {
    expect(matches(options, detailType, detail)).toBe(expected);
  });

  test.each([
    [{ name: "Ops" }],
    [{ name: "" }],
    [{ name: "a/b" }],
    [{ statuses: ["broken"] }],
    [{ statuses: [] }],
    [{ events: [] }],
    [{ pipelines: ["sh*p"] }],
    [{ target: { kind: "sns" } }],
    [{ target: { kind: "sns", topicArn: "shop" } }],
    [{ target: { kind: "pigeon" } }],
    [{ target: { kind: "slack", url: "https://hooks.slack.example" } }],
    [{ url: "https://hooks.slack.example" }],
  ])("%o is refused", (options) => {
    expect(notificationDeclaration.safeParse({ ...OPS, ...options }).success).toBe(false);
  });

  test("has a name of its own", () => {
    expect(notificationDeclarations.safeParse([OPS, { ...OPS, name: "dev" }]).success).toBe(true);
    expect(notificationDeclarations.safeParse([OPS, OPS]).success).toBe(false);
  });
});

test("the queue gets who wants to know, and the event as it is", () => {
  const event = JSON.stringify({ id: "1", detail: { text: '<aws.events.event.json> $& "quoted"' } });
  const filled = fillTemplate(notificationTemplate(notificationDeclaration.parse(OPS)), event);
  expect(JSON.parse(filled)).toEqual({
    notification: { name: "ops", target: { kind: "slack" } },
    event: JSON.parse(event),
  });
});
