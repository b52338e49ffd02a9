import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { main } from "../../cli/program.ts";
import { ACTION_LEVEL } from "../../compiler/read/erda/action-keys.ts";
import type { KeyLevel, KeyType } from "../../compiler/read/erda/key-table.ts";
import { LOOP_LEVEL, RETRY_LEVEL } from "../../compiler/read/erda/loop-keys.ts";
import { PIPELINE_LEVEL } from "../../compiler/read/erda/pipeline-keys.ts";
import { recordedIo } from "../cli/io.ts";
import { fillRegions } from "./regions.ts";

const DOCUMENT = fileURLToPath(new URL("../../docs/pipeline-yaml.md", import.meta.url));

/** The table of one level, made of the very table that the reader reads by. */
function keyTable({ keys }: KeyLevel): string {
  const rows = keys
    .filter(({ noEffectYet }) => noEffectYet !== true)
    .map(({ key, type, description, default: fallback, example, required }) => {
      const without = required === true ? "required" : (fallback ?? "");
      return `| \`${key}\` | ${typeName(type)} | ${without} | ${description} | \`${key}: ${example}\` |`;
    });
  return ["| Key | Value | Default | | Example |", "|---|---|---|---|---|", ...rows].join("\n");
}

function withoutEffect(...levels: readonly KeyLevel[]): string {
  const keys = levels.flatMap((level) => level.keys.filter(({ noEffectYet }) => noEffectYet === true));
  const rows = keys.map(({ key, description, example }) => `| \`${key}\` | ${description} | \`${key}: ${example}\` |`);
  return ["| Key | | Example |", "|---|---|---|", ...rows].join("\n");
}

function typeName(type: KeyType): string {
  switch (type.kind) {
    case "text":
      return "text";
    case "boolean":
      return "`true`, `false`";
    case "any":
      return "any";
    case "lines":
      return "text or list of text";
    case "number":
      return `${type.whole ? "whole number" : "number"}${type.unit === undefined ? "" : `, ${type.unit}`}`;
    case "list":
      return type.items.kind === "any" ? "list" : `list of ${typeName(type.items).replace(/^a /, "")}`;
    case "map":
      return type.values.kind === "any" ? "map" : `map of ${typeName(type.values)}`;
    case "level":
      return "map";
  }
}

function levelOf(parent: KeyLevel, key: string): KeyLevel {
  const type = parent.keys.find((spec) => spec.key === key)?.type;
  const inner = type?.kind === "list" ? type.items : type;
  if (inner?.kind !== "level") throw new Error(`"${key}" has no keys of its own.`);
  return inner.level;
}

test("the tables of docs/pipeline-yaml.md are those that the reader reads by", async () => {
  const filled = fillRegions(readFileSync(DOCUMENT, "utf8"), {
    pipeline: keyTable(PIPELINE_LEVEL),
    params: keyTable(levelOf(PIPELINE_LEVEL, "params")),
    outputs: keyTable(levelOf(PIPELINE_LEVEL, "outputs")),
    action: keyTable(ACTION_LEVEL),
    resources: keyTable(levelOf(ACTION_LEVEL, "resources")),
    loop: keyTable(LOOP_LEVEL),
    strategy: keyTable(levelOf(LOOP_LEVEL, "strategy")),
    retry: keyTable(RETRY_LEVEL),
    "no-effect-yet": withoutEffect(PIPELINE_LEVEL, ACTION_LEVEL, levelOf(ACTION_LEVEL, "resources")),
  });
  await expect(filled).toMatchFileSnapshot(DOCUMENT);
});

test("the pipelines that the documents show are valid", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-docs-"));
  try {
    const pipelines = [...readFileSync(DOCUMENT, "utf8").matchAll(/^```yaml\n(version:.*?)^```$/gms)];
    expect(pipelines.length).toBeGreaterThan(0);
    for (const [, pipeline = ""] of pipelines) {
      writeFileSync(join(folder, "shown.yaml"), pipeline);
      const io = recordedIo({ cwd: folder });
      expect(await main(["check", "--strict", "shown.yaml"], io), io.out()).toBe(0);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
