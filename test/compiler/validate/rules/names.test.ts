import { expect, test } from "vitest";
import { checkSource, expectClean, expectMarked } from "../../diagnostics/marked-source.ts";

test("an alias is used once in the whole pipeline", () => {
  expectMarked(`version: 1.1
stages:
- stage:
  - custom-script: {alias: build}
  - custom-script: {alias: build}
  #                        ~~~~~ validate/duplicate-alias
- stage:
  - custom-script: {alias: build}
  #                        ~~~~~ validate/duplicate-alias
`);
});

test("two actions without an alias have the same name", () => {
  expectMarked(`version: 1.1
stages:
- stage:
  - custom-script:
  - custom-script:
    ~~~~~~~~~~~~~ validate/duplicate-alias
`);
});

test("the first use is shown", () => {
  const text = "version: 1.1\nstages:\n- stage:\n  - custom-script: {alias: a}\n  - custom-script: {alias: a}\n";
  const { diagnostics } = checkSource({ name: "p.yaml", text });
  expect(diagnostics[0]?.related?.map(({ span }) => text.slice(0, span.start).split("\n").length)).toEqual([4]);
});

test("a directory is left behind once, also within a stage", () => {
  expectMarked(`version: 1.1
stages:
- stage:
  - custom-script: {alias: build, namespaces: [dist, build]}
  - custom-script: {alias: pack, namespaces: [dist]}
  #                                           ~~~~ validate/duplicate-namespace
- stage:
  - custom-script: {alias: test, namespaces: [pack]}
  #                                           ~~~~ validate/duplicate-namespace
`);
});

test("an alias holds no backslash", () => {
  expectMarked(`version: 1.1
stages:
- stage:
  - custom-script: {alias: a\\b}
  #                        ~~~ validate/alias-with-backslash
`);
});

test.each(["../x", "a/b", "构建 一号", "x".repeat(300), "build erda", "${x", "-"])("%s is an alias", (alias) => {
  const pipeline = expectClean(`version: 1.1\nstages: [{stage: [{custom-script: {alias: "${alias}"}}]}]\n`);
  expect(pipeline.stages[0]?.actions[0]?.alias.value).toBe(alias);
});

test("names of environment variables", () => {
  expectMarked(`version: 1.1
envs:
  GOPROXY: x
  _x1: y
  1x: y
  ~~ validate/env-name
  go-proxy: z
  ~~~~~~~~ validate/env-name
stages: [{stage: [custom-script: ]}]
`);
});

test("params and outputs are declared once", () => {
  expectMarked(`version: 1.1
params:
- name: target
- name: target
  #     ~~~~~~ validate/duplicate-declaration
outputs:
- {name: a, ref: '\${{ params.target }}'}
- {name: a, ref: '\${{ params.target }}'}
  #      ~ validate/duplicate-declaration
stages: [{stage: [custom-script: ]}]
`);
});
