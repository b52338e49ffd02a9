import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ATTEMPT_ROOT_MARK } from "../../../agent/protocol.ts";
import type { Plan } from "../../../compiler/index.ts";
import { ALWAYS, action, config, dir, output, param, plan, random, template, text } from "../support/plans.ts";
import { type Database, Shop, startDatabase } from "../support/shop.ts";

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

const open = (actions: ReturnType<typeof action>[], rest: Partial<Plan> = {}) =>
  Shop.open(database, plan(actions, rest));
const paramOf = (value: ReturnType<typeof template>) => ({ params: [{ name: "tag", env: "ACTION_TAG", value }] });

async function assignment(shop: Shop, key: string) {
  await shop.enter(key, `token-${key}`);
  const answer = await shop.bootstrap(shop.attempt(key));
  return answer.body.assignment;
}

describe("references", () => {
  test("to outputs, params, configs and directories reach the agent with its bootstrap", async () => {
    const shop = await open(
      [
        action("build", 0),
        action("deploy", 1, {
          params: [
            { name: "image", env: "ACTION_IMAGE", value: template("shop:", output("build", "version")) },
            { name: "count", env: "ACTION_COUNT", value: template(output("build", "count")) },
            { name: "from", env: "ACTION_FROM", value: template(dir("build"), "/dist") },
            { name: "where", env: "ACTION_WHERE", value: template(param("target")) },
            { name: "none", env: "ACTION_NONE", value: text(null) },
            { name: "tags", env: "ACTION_TAGS", value: { kind: "list", items: [text("a"), text(1)] } },
          ],
          envs: [{ name: "REGISTRY", value: template(config("registry")) }],
          script: {
            text: 'docker push "${SLUICE_1}"',
            variables: [
              { name: "SLUICE_1", value: template(output("build", "version")) },
              { name: "SLUICE_2", value: template({ ...output("build", "version"), modifier: "escape" }) },
            ],
          },
          restores: [{ namespace: "build", key: "build", stored: true, action: "build" }],
        }),
      ],
      { params: [{ name: "target", type: "string", required: false, default: text("staging") }] },
    );
    shop.parameters.parameters.set("/sluice/configs/registry", { value: "registry.shop.example", type: "String" });
    await shop.enter("build", "token-1");
    const build = shop.attempt("build");
    await shop.run(build);
    const packs = [{ sha256: "a".repeat(64), bytes: 10, plainBytes: 20 }];
    const stored = await shop.agent(build, "directories", { directory: "build", entries: packs, contents: [] });
    await shop.complete(build, {
      outputs: [
        { name: "version", value: "1.2.3" },
        { name: "count", value: 3 },
      ],
      directories: [{ namespace: "build", key: "build", objectKey: stored.body.objectKey, bytes: 10 }],
    });
    const given = await assignment(shop, "deploy");
    expect(given.environment).toEqual([
      { name: "REGISTRY", value: "registry.shop.example" },
      { name: "ACTION_IMAGE", value: "shop:1.2.3" },
      { name: "ACTION_COUNT", value: "3" },
      { name: "ACTION_FROM", value: `${ATTEMPT_ROOT_MARK}/context/build/dist` },
      { name: "ACTION_WHERE", value: "staging" },
      { name: "ACTION_NONE", value: "" },
      { name: "ACTION_TAGS", value: '["a",1]' },
    ]);
    expect(given.variables).toEqual([
      { name: "SLUICE_1", value: "1.2.3" },
      { name: "SLUICE_2", value: '"1.2.3"' },
    ]);
    expect(given.restores).toEqual([{ namespace: "build", key: "build" }]);
    expect(given.secrets).toEqual([]);
  });

  test("to secrets are masked values, to config files paths of files that the agent writes", async () => {
    const shop = await open([
      action("deploy", 0, {
        envs: [
          { name: "TOKEN", value: template(config("deploy-token")) },
          { name: "KEYFILE", value: template(config("ssh-key")) },
          { name: "NESTED", value: template(config("site-", config("region"))) },
        ],
      }),
    ]);
    const { parameters } = shop.parameters;
    parameters.set("/sluice/configs/deploy-token", { value: "hunter2hunter2", type: "SecureString" });
    parameters.set("/sluice/config-files/ssh-key", { value: btoa("PRIVATE KEY\nline 2"), type: "SecureString" });
    parameters.set("/sluice/configs/region", { value: "eu", type: "String" });
    parameters.set("/sluice/configs/site-eu", { value: "shop.eu", type: "String" });
    const given = await assignment(shop, "deploy");
    expect(given.environment).toEqual([
      { name: "TOKEN", value: "hunter2hunter2" },
      { name: "KEYFILE", value: `${ATTEMPT_ROOT_MARK}/configs/ssh-key` },
      { name: "NESTED", value: "shop.eu" },
    ]);
    expect(given.secrets).toEqual(expect.arrayContaining(["hunter2hunter2", "PRIVATE KEY\nline 2"]));
    expect(given.configFiles).toEqual([{ name: "ssh-key", contentBase64: btoa("PRIVATE KEY\nline 2"), secret: true }]);
    expect(JSON.stringify([await shop.items(), shop.bus.events, shop.logs])).not.toContain("hunter2");
  });

  test("to random values are the same wherever one run resolves them, and differ between places", async () => {
    const shop = await open(
      [
        action("deploy", 0, {
          envs: [
            { name: "ONE", value: template(random("string", 10)) },
            { name: "TWO", value: template(random("string", 20)) },
            { name: "PARAM", value: template(param("id")) },
          ],
        }),
        action("notify", 1, {
          envs: [
            { name: "ONE", value: template(random("string", 10)) },
            { name: "PARAM", value: template(param("id")) },
          ],
        }),
      ],
      { params: [{ name: "id", type: "string", required: false, default: template(random("integer_6")) }] },
    );
    const given = await assignment(shop, "deploy");
    const [one, two, id] = given.environment.map(({ value }: { value: string }) => value);
    expect(one).toMatch(/^[A-Za-z]{10}$/);
    expect(two).not.toBe(one);
    expect(id).toMatch(/^[0-9]{6}$/);
    await shop.complete(shop.attempt("deploy"));
    expect((await assignment(shop, "notify")).environment).toEqual([
      { name: "ONE", value: one },
      { name: "PARAM", value: id },
    ]);
  });

  test.each([
    ["an output that was not put out", template(output("build", "version")), 'put out no "version"'],
    ["a config that does not exist", template(config("registry")), 'no config "registry"'],
    ["a directory that was not left", template(dir("build")), 'left no directory "build"'],
  ])("to %s fail the action before anything is started, with the place in the file", async (_, value, words) => {
    const shop = await open([
      action("build", 0),
      action("deploy", 1, {
        ...paramOf(value),
        restores: [{ namespace: "build", key: "build", stored: true, action: "build" }],
      }),
    ]);
    await shop.perform("build", "token-1");
    await shop.enter("deploy", "token-2");
    const [answer] = shop.answersTo("token-2");
    expect(answer).toMatchObject({ kind: "failure", error: "Sluice.ActionFailed" });
    expect(answer?.cause).toContain('action "deploy" failed: pipeline.yaml:7:15: param "tag": ');
    expect(answer?.cause).toContain(words);
    expect(shop.executor.started).toEqual([shop.attempt("build")]);
  });

  test("to an output of a skipped action say that it was skipped", async () => {
    const shop = await open([
      action("build", 0),
      action("package", 1),
      action("notify", 2, { ...paramOf(template(output("package", "url"))), condition: ALWAYS }),
    ]);
    await shop.perform("build", "token-1", { exitCode: 1 });
    await shop.enter("package", "token-2");
    await shop.enter("notify", "token-3");
    expect(shop.answersTo("token-3")[0]?.cause).toContain('ction "package" was skipped');
  });

  test("that make a variable larger than Linux takes fail the action", async () => {
    const shop = await open([action("build", 0), action("deploy", 1, paramOf(template(output("build", "log"))))]);
    await shop.perform("build", "token-1", { outputs: [{ name: "log", value: "x".repeat(140_000) }] });
    await shop.enter("deploy", "token-2");
    expect(shop.answersTo("token-2")[0]?.cause).toContain('"ACTION_TAG" holds at most 131060');
  });
});

describe("a run that was started from the AWS console", () => {
  const declared = {
    params: [
      { name: "target", type: "string", required: false, default: text("staging") },
      { name: "replicas", type: "int", required: false, default: text(2) },
    ],
  } as const;

  test("is recorded by its first action, with the current plan and the params of its input", async () => {
    const shop = await open(
      [action("deploy", 0, { envs: [{ name: "N", value: template(param("replicas")) }] })],
      declared,
    );
    const input = JSON.stringify({ params: { replicas: "5" }, envs: { LOG: "debug" }, runId: "forged" });
    shop.states.executions.set(shop.execution, { status: "RUNNING", startDate: 1_768_478_000, input });
    const given = await assignment(shop, "deploy");
    expect(given.environment).toEqual([
      { name: "LOG", value: "debug" },
      { name: "N", value: "5" },
    ]);
    expect(await shop.item("run")).toMatchObject({
      runId: shop.runId,
      planHash: "plan-1",
      status: "running",
      params: { replicas: 5 },
      executionArn: shop.execution,
    });
  });

  test("keeps its plan when another is deployed meanwhile", async () => {
    const shop = await open([action("build", 0), action("deploy", 1)]);
    await shop.perform("build", "token-1");
    shop.publish(plan([action("other", 0)]), "plan-2");
    await shop.enter("deploy", "token-2");
    expect(shop.executor.started).toContain(shop.attempt("deploy"));
  });

  test.each([
    ['{"params":{"replicas":"many"}}', 'Param "replicas" is "many"; it must be a whole number.'],
    ['{"params":{"taget":"x"}}', 'no param "taget"'],
    ['{"envs":{"A-B":"x"}}', 'Env "A-B" is no name of a variable'],
    ['{"envs":3}', "the execution's input is not"],
  ])("with the input %s fails the state and says why", async (input, words) => {
    const shop = await open([action("deploy", 0)], declared);
    shop.states.executions.set(shop.execution, { status: "RUNNING", startDate: 1_768_478_000, input });
    await expect(shop.enter("deploy", "token-1")).rejects.toMatchObject({
      name: "Sluice.ActionFailed",
      message: expect.stringContaining(words),
    });
  });
});
