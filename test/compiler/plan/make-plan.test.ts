import { describe, expect, test } from "vitest";
import { compile, hashPlan, type PlanAction } from "../../../compiler/index.ts";
import { SHOP_CONTEXT } from "../compile-context.ts";
import { compileText, pipelineText } from "../compile-text.ts";

const SHOP = `version: "1.1"
name: shop
envs: {REGION: "\${{ params.region }}"}
params:
- {name: region, default: eu-central-1, required: false}
- {name: tag}
outputs:
- {name: image, ref: "\${{ outputs.build it.image }}"}
stages:
- stage:
  - git-checkout: {alias: repo, params: {uri: "https://git.example/shop.git"}}
- stage:
  - custom-script:
      alias: build it
      description: builds
      labels: {team: checkout}
      shell: bash
      timeout: 600
      resources: {cpu: 2, max_cpu: 4, mem: 4096, disk: 100}
      namespaces: [reports/html]
      if: "\${{ '\${repo:OUTPUT:commit}' != '' }}"
      loop: {break: "'\${{ outputs.build it.done }}' == 'yes'", strategy: {max_times: 3}}
      params: {list: [1, {deep: "at \${{ outputs.repo.commit }}"}], tag-name: "\${{ outputs.repo.commit }}"}
      commands: cd \${{ dirs.repo }} && make
  - custom-script: {alias: off, disable: true, commands: "make \${{ outputs.nobody.x }}"}
- stage:
  - custom-script: {alias: publish, commands: "cp -r \${{ dirs.reports/html }} ."}
  - wait: {params: {wait_time_sec: 5}}
`;

const { plan, planHash } = compileText(SHOP);
const action = (alias: string): PlanAction => {
  const found = plan.actions.find((one) => one.alias === alias);
  if (!found) throw new Error(alias);
  return found;
};
const KEY = action("build it").key;

describe("makePlan", () => {
  test("the index lists every action, also disabled ones", () => {
    expect(plan).toMatchObject({ format: 1, pipeline: "shop", name: "shop", file: "pipeline.yaml" });
    expect(plan.order).toEqual([
      {
        key: "repo",
        alias: "repo",
        type: "git-checkout",
        stage: 0,
        disabled: false,
        native: false,
        conditional: false,
      },
      {
        key: KEY,
        alias: "build it",
        type: "custom-script",
        stage: 1,
        disabled: false,
        native: false,
        conditional: true,
      },
      { key: "off", alias: "off", type: "custom-script", stage: 1, disabled: true, native: false, conditional: false },
      {
        key: "publish",
        alias: "publish",
        type: "custom-script",
        stage: 2,
        disabled: false,
        native: false,
        conditional: false,
      },
      { key: "wait", alias: "wait", type: "wait", stage: 2, disabled: false, native: false, conditional: false },
    ]);
    expect(plan.actions.map(({ key }) => key)).toEqual(["repo", KEY, "publish", "wait"]);
  });

  test("references hold keys, in params, conditions, breaks and pipeline outputs", () => {
    const text = JSON.stringify(plan);
    expect(text).toContain(`"kind":"output","action":"${KEY}"`);
    expect(text).not.toContain(`"action":"build it"`);
    expect(plan.outputs).toMatchObject([
      { name: "image", value: { kind: "template", place: { line: 8, column: 22 } } },
    ]);
    expect(action("build it").loop?.break?.text).toContain("outputs.build it.done");
    expect(action("build it").condition?.place.line).toBe(21);
  });

  test.each([
    ["not", "!outputs.web.shop.commit", 1],
    ["both sides", "outputs.web.shop.commit == outputs.web.shop.branch", 2],
    ["test, then and otherwise", "outputs.web.shop.a ? outputs.web.shop.commit : outputs.web.shop.branch", 3],
    ["no otherwise", "outputs.web.shop.a ? outputs.web.shop.commit", 2],
    ["a list", "'main' in [outputs.web.shop.branch, outputs.web.shop.commit]", 2],
    ["a text", "'at ${{ outputs.web.shop.commit }}' != ''", 1],
    ["a config named by an output", "${{ configs.${{ outputs.web.shop.branch }} }} == 'on'", 1],
    ["nothing", "'on' == 'on'", 0],
  ])("a condition is planned as it was read, but its references hold keys: %s", (_, condition, count) => {
    const text = pipelineText([["web.shop"], ["build?"]]).replace("1 == 1", condition);
    const { compilation, pipeline } = compile({ name: "pipeline.yaml", text }, SHOP_CONTEXT);
    const planned = JSON.stringify(compilation?.plan.actions[1]?.condition?.expression);
    expect(planned.match(/"action":"web-shop-[0-9a-f]{8}"/g) ?? []).toHaveLength(count);
    expect(JSON.parse(planned.replaceAll(/web-shop-[0-9a-f]{8}/g, "web.shop"))).toEqual(
      pipeline?.stages[1]?.actions[0]?.condition?.expression,
    );
  });

  test("the pipeline's params, with the default where there is one", () => {
    expect(plan.params).toEqual([
      { name: "region", type: "string", required: false, default: { kind: "literal", value: "eu-central-1" } },
      { name: "tag", type: "string", required: false },
    ]);
  });

  test("params keep their types and get environment variables; the type's defaults follow", () => {
    expect(action("repo").params.map(({ env, name, value }) => [name, env, value])).toEqual([
      ["uri", "ACTION_URI", { kind: "literal", value: "https://git.example/shop.git" }],
      ["depth", "ACTION_DEPTH", { kind: "literal", value: 1 }],
    ]);
    expect(action("build it").params).toMatchObject([
      {
        env: "ACTION_LIST",
        value: { kind: "list", items: [{ value: 1 }, { kind: "map", entries: [{ key: "deep" }] }] },
      },
      { env: "ACTION_TAG_NAME", value: { kind: "template", parts: [{ kind: "output" }] } },
    ]);
  });

  test("a type's default may be a list or a map", () => {
    const type = SHOP_CONTEXT.actionTypes.get("custom-script");
    if (!type) throw new Error("There is no type custom-script.");
    const value = { all: ["eu-central-1", null], first: true };
    const params = [{ name: "regions", type: "any" as const, required: false, default: value, description: "" }];
    const actionTypes = new Map([["custom-script", { ...type, params }]]);
    const planned = compileText(pipelineText([["build"]]), { ...SHOP_CONTEXT, actionTypes }).plan.actions[0];
    expect(planned?.params[0]?.value).toEqual({
      kind: "map",
      entries: [
        {
          key: "all",
          value: {
            kind: "list",
            items: [
              { kind: "literal", value: "eu-central-1" },
              { kind: "literal", value: null },
            ],
          },
        },
        { key: "first", value: { kind: "literal", value: true } },
      ],
    });
  });

  test("directories are stored where a later action refers to them", () => {
    expect(action("repo").namespaces).toEqual([{ namespace: "repo", key: "repo", stored: true }]);
    expect(action("build it").namespaces).toMatchObject([
      { namespace: "build it", key: KEY, stored: false },
      { namespace: "reports/html", stored: true },
    ]);
    expect(action("build it").restores).toEqual([{ namespace: "repo", key: "repo", stored: true, action: "repo" }]);
    expect(action("publish").restores).toMatchObject([{ namespace: "reports/html", action: KEY, stored: true }]);
  });

  test("the rest of an action", () => {
    expect(action("build it")).toMatchObject({
      kind: "process",
      executor: "local",
      image: "alpine:3",
      typeVersion: "1.0",
      description: "builds",
      labels: { team: { kind: "literal", value: "checkout" } },
      shell: ["bash", "-e"],
      script: { text: 'cd "${SLUICE_1}" && make', variables: [{ name: "SLUICE_1", value: { kind: "template" } }] },
      envs: [{ name: "REGION", value: { kind: "template", parts: [{ kind: "param", name: "region" }] } }],
      timeoutSeconds: 600,
      resources: { cpu: 2, maxCpu: 4, memoryMb: 4096, diskMb: 100 },
      onFailure: "raise",
    });
    expect(action("repo")).toMatchObject({
      typeScript: 'git clone "$ACTION_URI" .\n',
      timeoutSeconds: 3600,
      resources: {},
    });
  });

  test("branches report their failures; a gated wait has its seconds", () => {
    expect(action("publish").onFailure).toBe("report");
    expect(action("repo").onFailure).toBe("raise");
    expect(action("repo").wait).toBeUndefined();
    expect(
      compileText(SHOP.replace("{wait_time_sec: 5}", `{wait_time_sec: 5}, if: "\${{ 1 == 1 }}"`)).plan.actions.at(-1),
    ).toMatchObject({
      native: false,
      conditional: true,
      wait: { kind: "literal", value: 5 },
    });
  });

  test("equal text has an equal hash, a changed comment inside has another", () => {
    expect(planHash).toBe(compileText(SHOP).planHash);
    expect(planHash).toBe(hashPlan(plan));
    expect(compileText(`# the shop\n${SHOP}`).planHash).not.toBe(planHash);
  });

  test("it is plain JSON", () => {
    expect(hashPlan(JSON.parse(JSON.stringify(plan)))).toBe(planHash);
  });
});
