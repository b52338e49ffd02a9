import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RegisterTaskDefinitionCommand, RunTaskCommand } from "@aws-sdk/client-ecs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AGENT_ENVIRONMENT } from "../../../agent/protocol.ts";
import { until } from "../../until.ts";
import { openShop, type ShopContainers } from "./shop-containers.ts";

let stateDirectory: string;
beforeEach(() => {
  stateDirectory = mkdtempSync(join(tmpdir(), "sluice-containers-test-"));
});
afterEach(() => rmSync(stateDirectory, { recursive: true, force: true }));

const LOGS = { logDriver: "awslogs" as const, options: { "awslogs-group": "/shop" } };

async function run(shop: ShopContainers, attemptId = "run-1.build.1"): Promise<void> {
  await shop.client.send(
    new RegisterTaskDefinitionCommand({
      family: "shop",
      containerDefinitions: [
        { name: "agent", image: "shop/agent:1", logConfiguration: LOGS },
        { name: "main", image: "shop/build:1", essential: false },
      ],
    }),
  );
  const environment = [{ name: AGENT_ENVIRONMENT.attempt, value: attemptId }];
  const overrides = { containerOverrides: [{ name: "agent", environment }] };
  await shop.client.send(new RunTaskCommand({ cluster: "shop", taskDefinition: "shop", overrides }));
  await until(() => ["agent", "main"].every((name) => shop.engine.has(name) && shop.engine.container(name).isRunning));
}

const metadataOf = (shop: ShopContainers, name: string) => {
  const address = shop.engine.container(name).specification.environment["ECS_CONTAINER_METADATA_URI_V4"];
  return new URL(address ?? "").pathname;
};
const get = (shop: ShopContainers, path: string, method = "GET") =>
  shop.containers.metadata({ method, path, query: [], headers: {}, body: new ReadableStream(), trusted: false });

describe("the log of an attempt", () => {
  test("is the file of the attempt, and its lines are handed on as they come", async () => {
    const shop = openShop(stateDirectory);
    await run(shop);
    const log = join(stateDirectory, "runs/run-1/logs/build.1.log");
    expect(readFileSync(log, "utf8")).toBe("");
    const { print, end } = shop.engine.container("agent");
    const cents = Buffer.from("80 ¢\nno line feed");
    print("compiling\n");
    print(cents.subarray(0, 4));
    expect(shop.lines.map(({ text }) => text)).toEqual(["compiling"]);
    print(cents.subarray(4));
    end({});
    await until(() => shop.lines.length === 3);
    expect(shop.lines.map(({ text }) => text)).toEqual(["compiling", "80 ¢", "no line feed"]);
    expect(shop.lines[0]).toEqual({ runId: "run-1", actionKey: "build", attempt: 1, text: "compiling" });
    expect(readFileSync(log, "utf8")).toBe("compiling\n80 ¢\nno line feed");
  });

  test("has nothing of a container without the driver awslogs, and none of a task without an attempt", async () => {
    const shop = openShop(stateDirectory);
    await run(shop);
    shop.engine.container("main").print("unmasked\n");
    expect(shop.lines).toEqual([]);
    const stranger = openShop(stateDirectory);
    await run(stranger, "../../escape");
    stranger.engine.container("agent").print("hello\n");
    expect(stranger.lines).toEqual([]);
    expect(existsSync(join(stateDirectory, "../../escape"))).toBe(false);
  });
});

describe("the metadata of a task", () => {
  test("show every container, and how it ended", async () => {
    const shop = openShop(stateDirectory);
    await run(shop);
    shop.engine.container("main").end({ exitCode: 137, outOfMemory: true });
    const read = () => JSON.parse(String(get(shop, `${metadataOf(shop, "agent")}/task`)?.body));
    await until(() => read().Containers[1].KnownStatus === "STOPPED");
    expect(read()).toMatchObject({
      Family: "shop",
      Revision: "1",
      DesiredStatus: "RUNNING",
      Containers: [
        { Name: "agent", KnownStatus: "RUNNING", Image: "shop/agent:1" },
        { Name: "main", KnownStatus: "STOPPED", ExitCode: 137 },
      ],
    });
    expect(JSON.parse(String(get(shop, metadataOf(shop, "main"))?.body))).toMatchObject({ Name: "main" });
  });

  test("hold no environment, and are found by nobody who does not know the address", async () => {
    const shop = openShop(stateDirectory);
    await run(shop);
    expect(String(get(shop, `${metadataOf(shop, "agent")}/task`)?.body)).not.toContain("run-1.build.1");
    for (const path of ["/v4/", "/v4/guess", "/v4/guess/task", `${metadataOf(shop, "agent")}/task/more`]) {
      expect(get(shop, path)?.statusCode).toBe(404);
    }
    expect(get(shop, metadataOf(shop, "agent"), "POST")?.statusCode).toBe(404);
    expect(get(shop, "/v1/attempts")).toBeUndefined();
  });
});

describe("the end", () => {
  test("of an attempt is when nothing of it is left", async () => {
    const shop = openShop(stateDirectory);
    await run(shop);
    expect(shop.containers.isRunning("run-1.build.1")).toBe(true);
    expect(shop.containers.isRunning("run-1.test.1")).toBe(false);
    await shop.containers.ended("run-1.test.1");
    shop.engine.container("agent").end({});
    await shop.containers.ended("run-1.build.1");
    expect(shop.containers.isRunning("run-1.build.1")).toBe(false);
    expect(shop.engine.has("agent") || shop.engine.has("main")).toBe(false);
  });

  test("of the installation is by force: nobody is asked first", async () => {
    const shop = openShop(stateDirectory, { obedient: false });
    await run(shop);
    const { signals } = shop.engine.container("main");
    await shop.containers.stop();
    expect(signals).toEqual([]);
    expect(shop.engine.has("agent") || shop.engine.has("main")).toBe(false);
    expect(shop.engine.calls.at(-1)).toBe("close");
  });
});
