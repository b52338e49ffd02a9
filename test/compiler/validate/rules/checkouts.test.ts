import { describe, expect, test } from "vitest";
import { compile } from "../../../../compiler/index.ts";
import { BUILT_IN_CONTEXT } from "../../built-in-context.ts";

const URI = "params: {uri: https://git.example/shop.git}";
const said = (...stages: readonly string[]) => {
  const text = `version: "1.1"\n${stages.map((item) => (item.startsWith("envs") ? `${item}\nstages:\n` : `- stage:\n  - ${item}\n`)).join("")}`;
  const whole = text.includes("stages:") ? text : text.replace("- stage", "stages:\n- stage");
  return compile({ name: "pipeline.yaml", text: whole }, BUILT_IN_CONTEXT).diagnostics.map(({ code }) => code);
};

describe("the repository of a checkout", () => {
  test("is given, or an env stands for it", () => {
    expect(said("git-checkout: {alias: repo}")).toEqual(["validate/param-from-env"]);
    expect(said(`git-checkout: {alias: repo, ${URI}}`)).toEqual([]);
    expect(said("envs: {GITTAR_REPO: https://git.example/shop.git}", "git-checkout: {alias: repo}")).toEqual([]);
  });

  test("does not matter where nothing is checked out", () => {
    expect(said("git-checkout: {alias: repo, disable: true}")).toEqual([]);
  });
});

describe("what was checked out", () => {
  const repo = `git-checkout: {alias: repo, namespaces: [source], ${URI}}`;

  test.each([
    ["runs beside it", "custom-script: {commands: make}"],
    ["refers to another directory", "custom-script: {commands: 'ls ${{ dirs.elsewhere }}'}"],
  ])("is for nobody where the next action %s", (_, next) => {
    expect(said(repo, next)).toContain("validate/directory-not-used");
  });

  test.each([
    ["refers to it", "custom-script: {commands: 'ls ${{ dirs.repo }}'}"],
    ["refers to it by a further name", "custom-script: {commands: 'ls ${source}'}"],
    ["wants only what it put out", "custom-script: {commands: 'echo ${{ outputs.repo.commit }}'}"],
    ["goes there by path", "custom-script: {commands: cd repo}"],
    ["has no commands", "echo: {params: {text: open}}"],
    ["is disabled", "custom-script: {commands: make, disable: true}"],
  ])("is not held against a file whose next action %s", (_, next) => {
    expect(said(repo, next)).not.toContain("validate/directory-not-used");
  });

  test("may be what an unknown type works on", () => {
    expect(said(repo, "java-build: {}", "custom-script: {commands: make}")).toEqual(["validate/unknown-action"]);
  });
});
