import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createEcsExecutor } from "../../actions/index.ts";
import type { Installation } from "../../local/index.ts";
import { createScriptedEcs, SHOP_ECS } from "../actions/executors/ecs/scripted-ecs.ts";
import { action, config, plan, template } from "../functions/support/plans.ts";
import { type Database, Shop, startDatabase } from "../functions/support/shop.ts";
import { startShop } from "../local/shop-installation.ts";
import { filesBelow, hunt, type Place } from "./hunt.ts";

const TOKEN = "p4ss-w0rd/+with'quote\"and$dollar";
const KEY = "-----BEGIN KEY-----\nfirst-line-of-the-key\nsecond line, of the key?\n-----END KEY-----\n";
const SETTINGS = "user=shopper\npassword=file-s3cret-77\n";
/** Larger than Parameter Store takes: sealed in the bucket. */
const LARGE = Array.from({ length: 400 }, (_, n) => `large-s3cret-${n * 7919}-line`).join("\n");
const SECRETS = [TOKEN, KEY.split("\n").slice(1, 3).join("\n"), "file-s3cret-77", ...LARGE.split("\n").slice(0, 5)];

/** Prints, puts out, stores and leaves its secrets in every way that the agent knows to recognise. */
const PIPELINE = `
version: "1.1"
name: shop
envs: {TOKEN_OF_ALL: ((registry.token))}
outputs:
- {name: token, ref: "\${{ outputs.publish.token }}"}
stages:
- stage:
  - custom-script:
      alias: publish
      params: {token: ((registry.token)), key: "\${{ configs.deploy-key }}"}
      commands: |
        echo "plain: ((registry.token)) \${{ configs.large_notes }}"
        printf %s "$ACTION_TOKEN" | base64 -w0; echo
        printf 'xy%s' "$ACTION_TOKEN" | base64 -w0; echo
        node -e 'console.log(encodeURIComponent(process.env.ACTION_TOKEN))'
        printf %s "$ACTION_TOKEN" | head -c 9; sleep 0.1; printf %s "$ACTION_TOKEN" | tail -c +10; echo
        printf %s "$ACTION_KEY" | head -c 40; sleep 0.1; printf %s "$ACTION_KEY" | tail -c +41; echo
        printf %s "$ACTION_KEY" | base64
        echo "$ACTION_KEY" >&2
        cat ((settings))
        echo "action meta: token=$ACTION_TOKEN"
        echo "key=$(printf %s "$ACTION_KEY" | base64 -w0)" >>"$METAFILE"
        echo built >goods
- stage:
  - custom-script:
      alias: use
      if: \${{ '((registry.token))' != '' }}
      commands: |
        cat \${{ dirs.publish }}/goods
        echo "again \${{ outputs.publish.token }} $TOKEN_OF_ALL"
- stage:
  - custom-script:
      alias: fail
      commands: echo "ERROR failing with ((registry.token))"; echo "((registry.token))" >"$UPLOADDIR/((registry.token))" || true; exit 3
`;

const CONFIGS = [
  { key: "registry.token", kind: "value", content: TOKEN, secret: true },
  { key: "deploy-key", kind: "value", content: KEY, secret: true, pipeline: "shop" },
  { key: "settings", kind: "file", content: SETTINGS, secret: true },
  { key: "large_notes", kind: "value", content: LARGE, secret: true },
] as const;

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

/** Everything that the services of an installation have kept: machines, executions, histories with payloads, table, bucket. */
async function keptBy({ clients, tableName }: Installation): Promise<readonly Place[]> {
  const places: Place[] = [];
  const keep = (name: string, answer: object) => places.push({ name, content: JSON.stringify(answer) });
  const { stateMachines = [] } = await clients.states.send(new ListStateMachinesCommand({}));
  for (const { stateMachineArn } of stateMachines) {
    keep("machine", await clients.states.send(new DescribeStateMachineCommand({ stateMachineArn })));
    const { executions = [] } = await clients.states.send(new ListExecutionsCommand({ stateMachineArn }));
    for (const { executionArn } of executions) {
      keep("execution", await clients.states.send(new DescribeExecutionCommand({ executionArn })));
      const history = new GetExecutionHistoryCommand({ executionArn, includeExecutionData: true, maxResults: 1000 });
      keep("history", await clients.states.send(history));
    }
  }
  keep("table", (await clients.dynamodb.send(new ScanCommand({ TableName: tableName }))).Items ?? []);
  const Bucket = "sluice-objects";
  const { Contents = [] } = await clients.s3.send(new ListObjectsV2Command({ Bucket }));
  for (const { Key = "" } of Contents) {
    const object = await clients.s3.send(new GetObjectCommand({ Bucket, Key }));
    places.push({ name: `object ${Key}`, content: Buffer.from((await object.Body?.transformToByteArray()) ?? []) });
  }
  return places;
}

test("a secret is in no log, history, payload, event, item, object or file of a run", async () => {
  const shown: Place[] = [];
  const shop = await startShop({
    configs: CONFIGS,
    onLogLine: ({ text }) => shown.push({ name: "line of the log", content: text }),
  });
  try {
    const { installation, stateDirectory } = shop;
    installation.onEvent((event) => {
      shown.push({ name: "event", content: JSON.stringify(event) });
    });
    const run = await installation.waitForEnd(await shop.run("pipeline.yaml", PIPELINE));
    expect(run.actions.map(({ alias, status }) => `${alias} ${status}`)).toEqual([
      "publish succeeded",
      "use succeeded",
      "fail failed",
    ]);
    shown.push({ name: "view of the run", content: JSON.stringify(run) });
    const places = [...shown, ...(await keptBy(installation)), ...(await filesBelow(stateDirectory))];
    // The hunt went everywhere, and every sort of thing was there.
    for (const sort of [
      "line of the log",
      "event",
      "machine",
      "execution",
      "history",
      "table",
      "object plans/",
      "object dirs/",
      "object configs/",
      "/runs/",
    ]) {
      expect(
        places.some(({ name }) => name.startsWith(sort)),
        sort,
      ).toBe(true);
    }
    expect(hunt(places, SECRETS)).toEqual([]);
  } finally {
    await shop.stop();
  }
});

test("a secret is in no task definition, RunTask request or DescribeTasks answer, nor is the attempt's own", async () => {
  const secret = (key: string) => template(config(key));
  const build = action("build", 0, {
    params: [{ name: "token", env: "ACTION_TOKEN", value: secret("token") }],
    envs: [{ name: "KEY", value: secret("key") }],
    script: { text: 'echo "${SLUICE_1}"', variables: [{ name: "SLUICE_1", value: secret("token") }] },
  });
  const shop = await Shop.open(database, plan([build]));
  for (const [key, value] of [
    ["token", TOKEN],
    ["key", KEY],
  ] as const) {
    shop.parameters.parameters.set(`/sluice/configs/${key}`, { value, type: "SecureString" });
  }
  await shop.enter("build", "token-of-the-task");
  const specification = shop.executor.specifications.get(shop.attempt("build"));
  if (specification === undefined) throw new Error("Nothing was started.");
  const ecs = createScriptedEcs();
  const executor = createEcsExecutor({
    name: "build",
    client: ecs.client,
    configuration: { ...SHOP_ECS, defaultImage: "shop/build:1" },
  });
  await executor.create(specification);
  const handle = await executor.start(specification);
  const { body } = await shop.bootstrap(shop.attempt("build"));
  expect(body.assignment.environment).toContainEqual({ name: "ACTION_TOKEN", value: TOKEN });
  const places = [
    ...ecs.calls.map(({ operation, input }) => ({ name: operation, content: JSON.stringify(input) })),
    { name: "DescribeTasks", content: JSON.stringify([...ecs.tasks.values()]) },
    { name: "inspect", content: await executor.inspect({ ...specification, handle }) },
    { name: "table", content: JSON.stringify(await shop.items(), withSets) },
    { name: "events", content: JSON.stringify(shop.bus.events) },
    { name: "log", content: JSON.stringify(shop.logs) },
  ];
  expect(places.map(({ name }) => name)).toEqual(expect.arrayContaining(["RegisterTaskDefinition", "RunTask"]));
  expect(hunt(places, [...SECRETS, body.secret])).toEqual([]);
  // The task token is in the table alone.
  const outside = places.filter(({ name }) => name !== "table");
  expect(hunt(outside, ["token-of-the-task"])).toEqual([]);
  ecs.client.destroy();
});

/** Sets are JSON's `{}`. */
function withSets(_key: string, value: unknown): unknown {
  return value instanceof Set ? [...value] : value;
}

test.each([
  ["as it is", (text: string) => text],
  ["one of its lines", (text: string) => text.split("\n")[1] ?? ""],
  ["in base64 within something", (text: string) => Buffer.from(`a ${text} b`).toString("base64")],
  ["URL-encoded", encodeURIComponent],
  ["in JSON", (text: string) => JSON.stringify({ text })],
  ["packed with zstd", (text: string) => text],
])("the hunt finds a leak: %s", async (what, leak) => {
  const { zstdCompressSync } = await import("node:zlib");
  const text = `before ${leak(KEY)} after`;
  const content = what.includes("zstd") ? zstdCompressSync(text) : text;
  expect(hunt([{ name: "planted", content }], SECRETS)).not.toEqual([]);
  expect(hunt([{ name: "clean", content: "nothing to see" }], SECRETS)).toEqual([]);
});
