import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ecsExecutor } from "../../actions/executors/ecs/contract.ts";
import { EXECUTOR_KINDS, executorDeclaration, parseExecutorDeclaration } from "../../actions/index.ts";
import { compileSummary } from "../../cli/compile/compile-to-files.ts";
import { compile } from "../../compiler/index.ts";
import { SHOP_CONTEXT } from "../compiler/compile-context.ts";
import { fillRegions } from "./regions.ts";

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const DOCUMENT = path("docs/executors.md");
const text = readFileSync(DOCUMENT, "utf8");

/** The contents of the blocks of a language, in their order. */
const blocks = (language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms"))].map(([, block = ""]) => block);

/** A file of the template as a block; where it imports from is seen from `actions/executors/<kind>/`. */
function code(name: string): string {
  const source = readFileSync(path(`test/fixtures/executor-kind/${name}`), "utf8")
    .replaceAll("../../../actions/executors/", "../")
    .replaceAll("../../../actions/index.ts", "../../index.ts");
  return `\`\`\`ts\n// actions/executors/runner/${name}\n${source}\`\`\``;
}

describe("docs/executors.md", () => {
  test("shows the template that is compiled and tested", async () => {
    const filled = fillRegions(text, { contract: code("contract.ts"), executor: code("runner-executor.ts") });
    await expect(filled).toMatchFileSnapshot(DOCUMENT);
  });

  test("lists every kind", () => {
    const listed = [...text.matchAll(/^\| `([a-z]+)` \|/gm)].map(([, kind]) => kind);
    expect(listed.filter((kind) => EXECUTOR_KINDS.has(kind ?? ""))).toEqual(
      expect.arrayContaining([...EXECUTOR_KINDS.keys()]),
    );
    expect(executorDeclaration.options.length).toBe(EXECUTOR_KINDS.size - 1);
  });

  test("declares an executor that is understood, and has a row for every key", () => {
    const [json = ""] = blocks("json");
    expect(parseExecutorDeclaration("it", json)).toMatchObject({ kind: "ecs", architecture: "ARM64" });
    const [, table = ""] = text.split("| Key of `ecs` |");
    for (const key of Object.keys(ecsExecutor.shape)) {
      if (key !== "kind") expect(table.split("\n\n")[0], key).toContain(`\`${key}\``);
    }
  });

  test("chooses executors as it says", () => {
    const [yaml = ""] = blocks("yaml");
    const executors = new Map(
      [
        { name: "build", kind: "ecs" },
        { name: "eks-shanghai", kind: "eks" },
      ].map((each) => [each.name, each]),
    );
    const context = { ...SHOP_CONTEXT, kinds: EXECUTOR_KINDS, executors, defaultExecutor: "build" };
    const { compilation, diagnostics } = compile({ name: "shop.yaml", text: yaml }, context);
    if (compilation === undefined) throw new Error(JSON.stringify(diagnostics));
    const summary = compileSummary(compilation, ".", new Set());
    const shown =
      blocks("text")[0]
        ?.split("\n")
        .filter((line) => /^ {2}executors|^ {15}/.test(line)) ?? [];
    expect(shown).toHaveLength(2);
    for (const line of shown) expect(summary).toContain(line);
  });
});
