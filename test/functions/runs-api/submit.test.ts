import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { planObjects } from "../../../functions/index.ts";
import { LARGEST_BODY_BYTES } from "../../../functions/runs-api/contract.ts";
import { CALLER, ShopApi } from "../support/runs-api.ts";
import { type Database, startDatabase } from "../support/shop.ts";

let database: Database;
beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

const YAML = `version: "1.1"
name: release
params:
- name: target
  required: true
stages:
- stage:
  - custom-script:
      alias: build
      commands: [make]
  - custom-script:
      alias: deploy
      commands: ["make deploy TO=\${{ params.target }}"]
`;
const params = { target: "production" };

describe("a deployed pipeline", () => {
  test("is run as it was deployed, and the run says who has submitted it", async () => {
    const api = await ShopApi.open(database);
    const { status, headers, body } = await api.submit({ pipeline: "shop", params, envs: { DEBUG: "1" } });
    expect(status).toBe(201);
    expect(headers["location"]).toBe(`/runs/${body.runId}`);
    expect(body).toMatchObject({ pipeline: "shop", name: "Shop release", status: "queued", planHash: "plan-1" });
    const [started] = api.shop.states.started;
    expect(started?.stateMachineArn).toBe("arn:aws:states:eu-central-1:123456789012:stateMachine:shop-0123456789ab");
    expect(started?.name).toBe(body.runId);
    expect(JSON.parse(started?.input ?? "")).toEqual({
      params,
      envs: { DEBUG: "1" },
      trigger: { kind: "api", caller: CALLER },
      plan: "plan-1",
    });
    expect(api.shop.states.machineCalls).toEqual([]);
  });

  test("is found by its name as well as by its key, and what is no key climbs nowhere", async () => {
    const api = await ShopApi.open(database);
    expect((await api.submit({ pipeline: "shop", params })).status).toBe(201);
    const unknown = await api.submit({ pipeline: "../plans/plan-1", params });
    expect(unknown.status).toBe(404);
    expect(unknown.body.detail).toContain('There is no pipeline "../plans/plan-1"; GET /pipelines lists');
  });

  test("gets no params that it does not declare: each mistake in a sentence", async () => {
    const api = await ShopApi.open(database);
    const { status, body } = await api.submit({ pipeline: "shop", params: { replicas: "many", color: "red" } });
    expect(status).toBe(422);
    expect(body.type).toBe("urn:sluice:problem:invalid-run");
    expect(body.problems).toEqual([
      'Pipeline "Shop release" has no param "color"; it declares "target", "replicas".',
      'Param "target" (string) is required.',
      'Param "replicas" is "many"; it must be a whole number.',
    ]);
    expect(api.shop.states.started).toEqual([]);
  });
});

describe("the text of a file", () => {
  test("is compiled, its plan stored, its machine made, and nothing of it deployed", async () => {
    const api = await ShopApi.open(database);
    const { status, body } = await api.submit({ yaml: YAML, params });
    expect(status).toBe(201);
    expect(body).toMatchObject({ pipeline: "release", name: "release", diagnostics: [] });
    const [arn, machine] = [...api.shop.states.machines][0] ?? [];
    expect(arn).toMatch(/:stateMachine:sluice-release-[0-9a-f]{12}$/);
    expect(machine).toMatchObject({
      type: "STANDARD",
      roleArn: "arn:aws:iam::123456789012:role/machines",
      tracingConfiguration: { enabled: true },
      loggingConfiguration: { level: "ALL", includeExecutionData: false },
      tags: [{ key: "sluice:submitted-for", value: "sluice-" }],
    });
    expect(String(machine?.["definition"])).toContain(
      "arn:aws:lambda:eu-central-1:123456789012:function:ExecuteActionEcs",
    );
    expect(api.shop.states.started).toEqual([expect.objectContaining({ stateMachineArn: arn, name: body.runId })]);
    expect(api.shop.bucket.text(planObjects.action(body.planHash, "deploy"))).toContain("make deploy");
    expect(api.shop.bucket.text(planObjects.current("release"))).toBeUndefined();
  });

  test("makes a machine once: other params, other commands, the same control flow", async () => {
    const api = await ShopApi.open(database);
    await api.submit({ yaml: YAML, params });
    await api.submit({ yaml: YAML, params: { target: "staging" } });
    await api.submit({ yaml: YAML.replace("[make]", "[make, make check]"), params });
    expect(api.shop.states.started).toHaveLength(3);
    expect(api.shop.states.machineCalls).toEqual([expect.stringMatching(/^create sluice-release-/)]);
  });

  test("with mistakes is answered with all of them, their places and remedies", async () => {
    const api = await ShopApi.open(database);
    const yaml = YAML.replace("custom-script:", "custom-scrip:").replace("params.target", "params.traget");
    const { status, body } = await api.submit({ yaml, file: "release.yaml", params });
    expect(status).toBe(422);
    expect(body).toMatchObject({
      type: "urn:sluice:problem:invalid-pipeline",
      detail: expect.stringContaining("release.yaml:8:"),
    });
    expect(body.diagnostics).toEqual([
      expect.objectContaining({
        code: "validate/unknown-action",
        severity: "error",
        file: "release.yaml",
        line: 8,
        help: expect.stringContaining('Did you mean "custom-script"?'),
      }),
      expect.objectContaining({ severity: "error", line: 13, help: expect.stringContaining("target") }),
    ]);
    expect(api.shop.states.machineCalls).toEqual([]);
  });

  test("with warnings runs, and the answer has them", async () => {
    const api = await ShopApi.open(database);
    const { status, body } = await api.submit({
      yaml: YAML.replace("name: release", "name: release\nnmae: x"),
      params,
    });
    expect(status).toBe(201);
    expect(body.diagnostics).toEqual([
      expect.objectContaining({ severity: "warning", line: 3, file: "pipeline.yaml" }),
    ]);
  });

  test("with wrong params makes no machine: those are one a second", async () => {
    const api = await ShopApi.open(database);
    expect((await api.submit({ yaml: YAML })).status).toBe(422);
    expect((await api.submit({ yaml: YAML, params, envs: { "a b": "x" } })).status).toBe(422);
    expect(api.shop.states.machineCalls).toEqual([]);
  });
});

describe("a key of idempotency", () => {
  test("makes the same submission the same run, and is its id where it can be", async () => {
    const api = await ShopApi.open(database);
    const body = { yaml: YAML, params, idempotencyKey: "release-42" };
    const first = await api.submit(body);
    const again = await api.submit({ ...body });
    expect(first.status).toBe(201);
    expect(first.body.runId).toBe("release-42");
    expect(again.status).toBe(200);
    expect(again.body).toEqual(first.body);
    expect(new Set(api.shop.states.started.map(({ name, input }) => `${name} ${input}`)).size).toBe(1);
  });

  test("of any text is a run's id by its hash", async () => {
    const api = await ShopApi.open(database);
    const body = { pipeline: "shop", params, idempotencyKey: "main@2026-01-15 / Füße" };
    const { runId } = (await api.submit(body)).body;
    expect(runId).toMatch(/^key-[0-9a-f]{40}$/);
    expect((await api.submit(body)).body.runId).toBe(runId);
  });

  test.each([
    ["other params", { pipeline: "shop", params: { target: "staging" } }],
    ["other envs", { pipeline: "shop", params, envs: { A: "1" } }],
    ["a file in place of the deployed pipeline", { yaml: YAML, params }],
  ])("with %s is refused", async (_what, other) => {
    const api = await ShopApi.open(database);
    await api.submit({ pipeline: "shop", params, idempotencyKey: "release-42" });
    const { status, body } = await api.submit({ ...other, idempotencyKey: "release-42" });
    expect(status).toBe(409);
    expect(body.detail).toContain("choose another idempotencyKey");
    expect(api.shop.states.started).toHaveLength(1);
  });

  test("completes a submission that crashed before its execution began, as it was submitted then", async () => {
    const api = await ShopApi.open(database);
    const body = { pipeline: "shop", params, idempotencyKey: "release-42" };
    api.shop.states.faults.set("StartExecution", ["InternalFailure"]);
    expect((await api.submit(body)).status).toBe(503);
    // Meanwhile another plan was deployed.
    api.shop.bucket.put(planObjects.current("shop"), JSON.stringify({ planHash: "plan-2", machine: "shop-ffff" }));
    const again = await api.submit(body);
    expect(again.status).toBe(200);
    expect(again.body.planHash).toBe("plan-1");
    expect(api.shop.states.started.map(({ input }) => JSON.parse(input).plan)).toEqual(["plan-1"]);
  });

  test("of two submissions at once makes one run", async () => {
    const api = await ShopApi.open(database);
    const body = { yaml: YAML, params, idempotencyKey: "release-42" };
    const answers = await Promise.all(Array.from({ length: 5 }, () => api.submit(body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201]);
    expect(new Set(answers.map(({ body: { runId } }) => runId))).toEqual(new Set(["release-42"]));
  });

  test("finds its run whoever asks, and keeps who asked first", async () => {
    const api = await ShopApi.open(database);
    const body = { pipeline: "shop", params, idempotencyKey: "release-42" };
    await api.submit(body);
    expect((await api.call("POST", "/runs", { body, caller: "arn:aws:iam::123456789012:user/nora" })).status).toBe(200);
    expect((await api.call("GET", "/runs/release-42")).body.trigger).toEqual({ kind: "api", caller: CALLER });
  });
});

describe("a body", () => {
  test.each([
    ["no JSON", "pipeline: shop", "The body is no JSON in UTF-8"],
    ["empty", "", "The body is no JSON in UTF-8"],
    ["a list", "[]", "It: Invalid input: expected object, received array."],
    ["neither a pipeline nor a text", "{}", 'Give either "pipeline"'],
    ["both of them", '{"pipeline":"shop","yaml":"x"}', 'Give either "pipeline"'],
    ["a field that is not known", '{"pipeline":"shop","parms":{}}', '"parms" is not known.'],
    [
      "secrets",
      '{"pipeline":"shop","secrets":{"token":"hunter2"}}',
      "Secrets are never submitted: put them into Parameter Store",
    ],
    ["an env that is no text", '{"pipeline":"shop","envs":{"A":1}}', '"envs.A": Invalid input: expected string'],
    ["an empty key", '{"pipeline":"shop","idempotencyKey":""}', '"idempotencyKey": Too small'],
  ])("of %s is refused", async (_what, rawBody, detail) => {
    const api = await ShopApi.open(database);
    const { status, body } = await api.call("POST", "/runs", { rawBody });
    expect(status).toBe(400);
    expect(body.type).toBe("urn:sluice:problem:invalid-request");
    expect(body.detail).toContain(detail);
    expect(JSON.stringify(body)).not.toContain("hunter2");
  });

  test("that is too long is refused before it is read", async () => {
    const api = await ShopApi.open(database);
    const { status, body } = await api.call("POST", "/runs", { rawBody: " ".repeat(LARGEST_BODY_BYTES + 1) });
    expect(status).toBe(413);
    expect(body.detail).toBe("The body has 2097153 bytes; at most 2097152 are allowed.");
  });

  test("may come in base64, and by a REST API", async () => {
    const api = await ShopApi.open(database);
    const rawBody = Buffer.from(JSON.stringify({ pipeline: "shop", params })).toString("base64");
    expect((await api.call("POST", "/runs", { rawBody, isBase64Encoded: true })).status).toBe(201);
    expect((await api.call("POST", "/runs", { body: { pipeline: "shop", params }, rest: true })).status).toBe(201);
  });
});

describe("Step Functions", () => {
  test("that makes no more machines for a moment is a 429 with the time to wait", async () => {
    const api = await ShopApi.open(database);
    api.shop.states.faults.set("CreateStateMachine", ["ThrottlingException"]);
    const { status, headers, body } = await api.submit({ yaml: YAML, params, idempotencyKey: "release-42" });
    expect(status).toBe(429);
    expect(headers["retry-after"]).toBe("2");
    expect(body.type).toBe("urn:sluice:problem:throttled");
    expect((await api.submit({ yaml: YAML, params, idempotencyKey: "release-42" })).status).toBe(201);
  });

  test("that has lost the machine gets it again, and the run its execution", async () => {
    const api = await ShopApi.open(database);
    await api.submit({ yaml: YAML, params });
    api.shop.states.machines.clear();
    api.shop.states.faults.set("StartExecution", ["StateMachineDoesNotExist"]);
    const { status, body } = await api.submit({ yaml: YAML, params: { target: "staging" } });
    expect(status).toBe(200);
    expect(api.shop.states.machineCalls).toHaveLength(2);
    expect(api.shop.states.started.at(-1)?.name).toBe(body.runId);
  });

  test("that is just deleting the machine is a 503 with the time to wait", async () => {
    const api = await ShopApi.open(database);
    api.shop.states.faults.set("CreateStateMachine", ["StateMachineDeleting"]);
    const { status, headers } = await api.submit({ yaml: YAML, params });
    expect([status, headers["retry-after"]]).toEqual([503, "15"]);
  });
});

test("nobody gets in without an identity, whichever API has let him through", async () => {
  const api = await ShopApi.open(database);
  for (const rest of [false, true]) {
    const { status, body } = await api.call("POST", "/runs", {
      body: { pipeline: "shop", params },
      caller: null,
      rest,
    });
    expect(status).toBe(403);
    expect(body.detail).toContain("Sign it with AWS Signature Version 4");
  }
  expect(api.shop.states.started).toEqual([]);
});
