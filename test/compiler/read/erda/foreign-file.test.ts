import { describe, expect, test } from "vitest";
import { compile, fixFile } from "../../../../compiler/index.ts";
import { SHOP_CONTEXT } from "../../compile-context.ts";

const fileOf = (text: string) => ({ name: "pipeline.yaml", text });
const messagesOf = (text: string) => compile(fileOf(text), SHOP_CONTEXT).diagnostics.map(({ message }) => message);

describe("a file of another system", () => {
  test.each([
    ["a workflow of GitHub Actions", "on: push\njobs:\n  build:\n    steps: [{run: make}]\n"],
    ["a workflow of GitHub Actions", '"on": {push: {branches: [main]}}\njobs: {}\nname: CI\n'],
    ["a configuration of CircleCI", "version: 2.1\njobs: {build: {}}\nworkflows: {w: {jobs: [build]}}\n"],
    ["a pipeline of GitLab CI", "stages: [build]\nbuild: {stage: build, script: [make]}\n"],
    ["a pipeline of GitLab CI", "image: node\nbuild: {script: make}\n"],
    ["an object of Kubernetes", "apiVersion: v1\nkind: Pod\n"],
  ])("is %s, and nothing else is said or mended: %j", (name, text) => {
    expect(messagesOf(text)).toEqual([`This is ${name}, which is not read.`]);
    expect(fixFile(fileOf(text), SHOP_CONTEXT)).toMatchObject({ file: { text }, applied: [] });
  });

  test.each([
    "on: {push: {branches: [main]}}\njobs: [build]\n",
    'version: "1.1"\non: {push: {branches: [main]}}\njobs: {build: {}}\nstages: [{stage: [{custom-script: {commands: make}}]}]\n',
    'version: "1.1"\nstages: [{stage: [{custom-script: {commands: make}}]}]\nbuild: {script: make}\n',
    'version: "1.1"\nstages: build\nbuild: {script: make}\n',
  ])("%j is none", (text) => {
    expect(messagesOf(text).join("\n")).not.toContain("which is not read");
  });
});
