import { describe, expect, test } from "vitest";
import { hashPlan, type PlanAction } from "../../../compiler/index.ts";
import { paramEnvName } from "../../../compiler/plan/plan-action.ts";
import { compileText } from "../compile-text.ts";

const SHOP = `version: "1.1"
name: shop
envs: {REGION: "\${{ params.region }}"}
params:
- {name: region, default: eu-central-1, required: false}
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
      resources: {cpu: 2, mem: 4096}
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
      { name: "image", value: { kind: "template", place: { line: 7, column: 22 } } },
    ]);
    expect(action("build it").loop?.break?.text).toContain("outputs.build it.done");
    expect(action("build it").condition?.place.line).toBe(20);
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
      resources: { cpu: 2, memoryMb: 4096 },
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

test.each([
  ["uri", "ACTION_URI"],
  ["git.user-name", "ACTION_GIT_USER_NAME"],
  ["构建", "ACTION___"],
])("the param %s is the environment variable %s", (param, env) => {
  expect(paramEnvName(param)).toBe(env);
});
