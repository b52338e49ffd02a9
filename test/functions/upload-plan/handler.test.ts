import type { S3Client } from "@aws-sdk/client-s3";
import type { CloudFormationCustomResourceEvent, Context } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { createHandler } from "../../../functions/upload-plan/handler.ts";
import { FakeScheduler, SCHEDULE_PLACE } from "../support/scheduler.ts";

const PROPERTIES = {
  ServiceToken: "token",
  sourceBucket: "assets",
  sourceKey: "shop.json",
  pipeline: "shop",
  planHash: "abc",
  machine: "sluice-shop:3",
};
const EVENT = {
  ServiceToken: "token",
  ResponseURL: "https://answer.invalid/",
  StackId: "stack",
  RequestId: "request",
  LogicalResourceId: "Plan",
  ResourceType: "Custom::SluicePlan",
  ResourceProperties: PROPERTIES,
};

function shopAccount(objects: Record<string, string>) {
  const scheduler = new FakeScheduler(() => 0);
  const answers: unknown[] = [];
  const writes: string[] = [];
  const send = async (command: {
    constructor: { name: string };
    input: { Bucket: string; Key: string; Body?: string };
  }) => {
    const { Bucket, Key, Body } = command.input;
    const name = `${Bucket}/${Key}`;
    switch (command.constructor.name) {
      case "GetObjectCommand": {
        const text = objects[name];
        if (text === undefined)
          throw Object.assign(new Error("The specified key does not exist."), { name: "NoSuchKey" });
        return { Body: { transformToString: async () => text } };
      }
      case "PutObjectCommand":
        writes.push(name);
        objects[name] = Body ?? "";
        return {};
      default:
        delete objects[name];
        return {};
    }
  };
  const handler = createHandler({
    s3: { send } as unknown as S3Client,
    bucketName: "sluice",
    schedules: { scheduler: scheduler.client, place: SCHEDULE_PLACE },
    answer: async (_url, body) => {
      answers.push(JSON.parse(body));
    },
  });
  const call = (event: object) =>
    handler({ ...EVENT, ...event } as unknown as CloudFormationCustomResourceEvent, {} as Context);
  return { objects, answers, writes, scheduler, call };
}

describe("the custom resource that uploads a plan", () => {
  test("writes the documents first and the pointer to them last, and answers with the pointer's key", async () => {
    const account = shopAccount({
      "assets/shop.json": JSON.stringify({
        "plans/abc/plan.json": "{}",
        "plans/abc/actions/build.json": '{"key":"build"}',
      }),
    });

    await account.call({ RequestType: "Create" });

    expect(account.writes).toEqual([
      "sluice/plans/abc/plan.json",
      "sluice/plans/abc/actions/build.json",
      "sluice/pipelines/shop/current.json",
    ]);
    expect(account.objects["sluice/plans/abc/actions/build.json"]).toBe('{"key":"build"}');
    expect(JSON.parse(account.objects["sluice/pipelines/shop/current.json"] ?? "")).toEqual({
      planHash: "abc",
      machine: "sluice-shop:3",
    });
    expect(account.answers).toEqual([
      {
        Status: "SUCCESS",
        PhysicalResourceId: "pipelines/shop/current.json",
        StackId: "stack",
        RequestId: "request",
        LogicalResourceId: "Plan",
      },
    ]);
  });

  test("makes the schedules of the plan, and a deletion takes them away", async () => {
    const schedule = { cron: "@daily", expressions: ["cron(0 0 * * ? *)"], timezone: "UTC", overlap: "forbid" };
    const account = shopAccount({
      "assets/shop.json": JSON.stringify({ "plans/abc/plan.json": JSON.stringify({ schedule }) }),
    });
    await account.scheduler.createGroup();

    await account.call({ RequestType: "Create" });
    expect(await account.scheduler.describe("shop-1")).toBe("cron(0 0 * * ? *) UTC ENABLED");
    await account.call({ RequestType: "Update", PhysicalResourceId: "pipelines/shop/current.json" });
    expect(account.scheduler.writes).toEqual(["POST /schedules/shop-1"]);

    await account.call({ RequestType: "Delete", PhysicalResourceId: "pipelines/shop/current.json" });
    expect(await account.scheduler.describe("shop-1")).toBeUndefined();
    expect(account.answers).toMatchObject([{ Status: "SUCCESS" }, { Status: "SUCCESS" }, { Status: "SUCCESS" }]);
  });

  test("answers a failure with its reason and leaves the old plan current", async () => {
    const account = shopAccount({ "sluice/pipelines/shop/current.json": "old" });

    await account.call({ RequestType: "Update", PhysicalResourceId: "pipelines/shop/current.json" });

    expect(account.objects["sluice/pipelines/shop/current.json"]).toBe("old");
    expect(account.answers).toMatchObject([
      {
        Status: "FAILED",
        Reason: "NoSuchKey: The specified key does not exist.",
        PhysicalResourceId: "pipelines/shop/current.json",
      },
    ]);
  });

  test("a deletion takes the pointer and keeps the plans", async () => {
    const account = shopAccount({ "sluice/pipelines/shop/current.json": "{}", "sluice/plans/abc/plan.json": "{}" });

    await account.call({ RequestType: "Delete", PhysicalResourceId: "pipelines/shop/current.json" });

    expect(Object.keys(account.objects)).toEqual(["sluice/plans/abc/plan.json"]);
    expect(account.answers).toMatchObject([{ Status: "SUCCESS" }]);
  });

  test("a creation that failed can be rolled back: there is nothing to take away", async () => {
    const account = shopAccount({ "sluice/plans/abc/plan.json": "{}" });

    await account.call({ RequestType: "Create" });
    await account.call({ RequestType: "Delete", PhysicalResourceId: "nothing" });

    expect(account.answers).toMatchObject([
      { Status: "FAILED", PhysicalResourceId: "nothing" },
      { Status: "SUCCESS", PhysicalResourceId: "nothing" },
    ]);
    expect(Object.keys(account.objects)).toEqual(["sluice/plans/abc/plan.json"]);
  });
});
