import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import { DescribeExecutionCommand, GetExecutionHistoryCommand, SFNClient } from "@aws-sdk/client-sfn";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startShop } from "./shop-installation.ts";

const SECRET = "t0p-s3cret-Passw0rd";
const lines: { runId: string; actionKey: string; text: string }[] = [];
let shop: Awaited<ReturnType<typeof startShop>>;

beforeAll(async () => {
  shop = await startShop({
    configs: [
      { key: "registry.password", kind: "value", content: SECRET, secret: true },
      { key: "registry.user", kind: "value", content: "shop-bot", secret: false },
      { key: "npmrc", kind: "file", content: `token=${SECRET}`, secret: true },
    ],
    onLogLine: (line) => lines.push(line),
  });
});
afterAll(() => shop.stop());

/** Clients of a program outside: real sockets, signed with the installation's credentials. */
const outside = () => {
  const { endpoint, region, credentials } = shop.installation;
  return { endpoint, region, credentials };
};

describe("a pipeline that builds, tests and ships the shop", () => {
  const PIPELINE = `
version: "1.1"
name: shop
params:
  - name: color
    default: green
outputs:
  - name: image
    ref: \${{ outputs.ship.image }}
stages:
  - stage:
      - custom-script:
          alias: build
          commands:
            - echo "version=1.4.2" >> $METAFILE
            - echo "tea" > stock.txt
  - stage:
      - custom-script:
          alias: unit
          commands:
            - test "$(cat \${{ dirs.build }}/stock.txt)" = tea
            - 'echo "action meta: tests=12"'
      - custom-script:
          alias: lint
          commands:
            - echo "color is \${{ params.color }}, user is \${{ configs.registry.user }}"
            - echo "password is \${{ configs.registry.password }}"
            - cat ((npmrc))
  - stage:
      - custom-script:
          alias: ship
          if: \${{ outputs.unit.tests == '12' }}
          commands:
            - echo "image=shop:\${{ outputs.build.version }}-\${{ params.color }}" >> $METAFILE
`;
  let runId: string;
  const events: string[] = [];

  beforeAll(async () => {
    shop.installation.onEvent(({ detail }) => events.push(`${detail["alias"] ?? "run"} ${detail["status"]}`));
    runId = await shop.run("pipeline.yaml", PIPELINE, { color: "red" });
    await shop.installation.waitForEnd(runId);
  });

  test("succeeds, and its outputs are in DynamoDB for any SDK client", async () => {
    const run = await shop.installation.readRun(runId);
    expect(run).toMatchObject({ status: "succeeded", outputs: { image: "shop:1.4.2-red" } });
    expect(run.actions.map(({ alias, status, attempts }) => [alias, status, attempts])).toEqual([
      ["build", "succeeded", 1],
      ["unit", "succeeded", 1],
      ["lint", "succeeded", 1],
      ["ship", "succeeded", 1],
    ]);
    const { Items = [] } = await new DynamoDBClient(outside()).send(
      new QueryCommand({
        TableName: shop.installation.tableName,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :sk)",
        ExpressionAttributeValues: { ":pk": { S: `run#${runId}` }, ":sk": { S: "output#" } },
      }),
    );
    const outputs = Items.map((item) => unmarshall(item)["sk"]);
    expect(outputs).toEqual(["output#build#version", "output#ship#image", "output#unit#tests"]);
  });

  test("the execution is there for any SDK client, and says nothing of what users wrote", async () => {
    const { executionArn } = await shop.installation.submit({ pipeline: "shop", params: { color: "red" }, runId });
    const states = new SFNClient(outside());
    const execution = await states.send(new DescribeExecutionCommand({ executionArn }));
    expect(execution).toMatchObject({ status: "SUCCEEDED", name: runId });
    const history = JSON.stringify(await states.send(new GetExecutionHistoryCommand({ executionArn })));
    expect(history).not.toContain("stock.txt");
    expect(history).not.toContain(SECRET);
  });

  test("events tell how it went, log lines what it said", async () => {
    expect(events[0]).toBe("run queued");
    await expect.poll(() => events.at(-1)).toBe("run succeeded");
    for (const event of ["run running", "build running", "ship succeeded"]) expect(events).toContain(event);
    const texts = lines.filter((line) => line.runId === runId && line.actionKey === "lint").map(({ text }) => text);
    expect(texts).toContain("color is red, user is shop-bot");
    expect(await readFile(shop.installation.logFile(runId, "lint", 1), "utf8")).toContain("password is ***");
  });

  test("a secret is nowhere below the state directory and in no log line", async () => {
    const forms = [SECRET, Buffer.from(SECRET).toString("base64").replace(/=+$/, "")];
    const files = await readTree(shop.stateDirectory);
    expect(files.size).toBeGreaterThan(5);
    for (const [file, content] of files) {
      for (const form of forms) expect([file, content.includes(form)]).toEqual([file, false]);
    }
    expect(JSON.stringify(lines)).not.toContain(SECRET);
  });

  test("deploying it again changes nothing", async () => {
    const compilation = shop.compile("pipeline.yaml", PIPELINE);
    const first = await shop.installation.deploy(compilation);
    expect(await shop.installation.deploy(compilation)).toEqual(first);
    expect(first.stateMachineArn).toContain(`:stateMachine:${compilation.machine.name}`);
  });
});

test("one action of two fails: the other finishes, what follows is skipped, what always runs runs", async () => {
  const runId = await shop.run(
    "broken.yaml",
    `
version: "1.1"
stages:
  - stage:
      - custom-script:
          alias: broken
          commands: ["echo the tea is cold", "exit 7"]
      - custom-script:
          alias: fine
          commands: ["true"]
  - stage:
      - custom-script:
          alias: ship
          commands: ["true"]
  - stage:
      - custom-script:
          alias: tidy
          if: \${{ 1 == 1 }}
          commands: ["echo tidied"]
`,
  );
  const run = await shop.installation.waitForEnd(runId);
  expect(run.status).toBe("failed");
  expect(run.error?.name).toBe("Sluice.RunFailed");
  expect(run.error?.cause).toContain("broken");
  expect(run.error?.cause).toContain("7");
  expect(run.error?.cause).toContain(shop.installation.logFile(runId, "broken", 1));
  expect(run.actions.map(({ alias, status }) => [alias, status])).toEqual([
    ["broken", "failed"],
    ["fine", "succeeded"],
    ["ship", "skipped"],
    ["tidy", "succeeded"],
  ]);
  expect(run.actions[0]?.error).toMatchObject({ exitCode: 7, logTail: expect.arrayContaining(["the tea is cold"]) });
});

test("a cancelled run: its process group is gone when cancel resolves", async () => {
  const runId = await shop.run(
    "slow.yaml",
    `
version: "1.1"
stages:
  - stage:
      - custom-script:
          alias: slow
          commands:
            - sleep 300 &
            - echo "pid $$ and $!"
            - wait
  - stage:
      - custom-script:
          alias: never
          commands: ["true"]
`,
  );
  const pids = () => lines.filter((line) => line.runId === runId).flatMap(({ text }) => text.match(/\d+/g) ?? []);
  await expect.poll(pids, { timeout: 20_000 }).toHaveLength(2);
  await shop.installation.cancel(runId);
  const run = await shop.installation.readRun(runId);
  expect(run.status).toBe("cancelled");
  expect(run.actions.map(({ status }) => status)).toEqual(["cancelled", "skipped"]);
  for (const pid of pids()) await expect.poll(() => isRunning(pid)).toBe(false);
});

test("stop in the middle of a run leaves no process, and ends who waits for the run", async () => {
  const pids: string[] = [];
  const other = await startShop({ onLogLine: ({ text }) => pids.push(...(text.match(/\d+/g) ?? [])) });
  const commands = '["echo $$", "sleep 300"]';
  const text = `version: "1.1"\nstages: [{stage: [{custom-script: {alias: slow, commands: ${commands}}}]}]`;
  const waiting = other.installation.waitForEnd(await other.run("slow.yaml", text));
  const ended = expect(waiting).rejects.toThrow("The installation has stopped.");
  await expect.poll(() => pids, { timeout: 20_000 }).toHaveLength(1);
  await other.stop();
  await ended;
  for (const pid of pids) await expect.poll(() => isRunning(pid)).toBe(false);
  await expect(fetch(other.installation.endpoint)).rejects.toThrow();
});

test("what cannot work is said at the start", async () => {
  const executors = [{ name: "build", kind: "eks" }] as const;
  await expect(startShop({ executors })).rejects.toThrow('Executor "build" is of kind "eks"');
  const configs = [{ key: "a b", kind: "value", content: "x", secret: false }] as const;
  await expect(startShop({ configs })).rejects.toMatchObject({ name: "InvalidConfigError" });
});

test("after stop the process exits by itself", async () => {
  const script = `
    const { startShop } = await import("./test/local/shop-installation.ts");
    const shop = await startShop();
    const runId = await shop.run("one.yaml", "version: '1.1'\\nstages:\\n- stage:\\n  - custom-script:\\n      alias: one\\n      commands: ['true']\\n");
    const run = await shop.installation.waitForEnd(runId);
    await shop.stop();
    process.stdout.write(run.status);
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], {
    timeout: 25_000,
  });
  expect(stdout).toBe("succeeded");
});

/** A process that has ended but was not yet reaped (by whatever is process 1 here) runs no more. */
async function isRunning(pid: string): Promise<boolean> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "stat=", "-p", pid]).catch(() => ({ stdout: "" }));
  return stdout !== "" && !stdout.startsWith("Z");
}

/** Every file below a directory with its content. What an agent is just tidying up may go away meanwhile. */
async function readTree(directory: string): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const entry of await readdir(directory, { withFileTypes: true }).catch(() => [])) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) for (const [file, content] of await readTree(path)) files.set(file, content);
    else if (entry.isFile()) files.set(path, await readFile(path).catch(() => Buffer.alloc(0)));
  }
  return files;
}
