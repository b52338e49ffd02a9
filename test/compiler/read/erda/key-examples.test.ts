import { describe, expect, test } from "vitest";
import { compile, formatDiagnostics } from "../../../../compiler/index.ts";
import { ACTION_LEVEL, GRAPH_ACTION_LEVEL } from "../../../../compiler/read/erda/action-keys.ts";
import type { KeyLevel, KeySpec } from "../../../../compiler/read/erda/key-table.ts";
import { PIPELINE_LEVEL, STAGE_LEVEL } from "../../../../compiler/read/erda/pipeline-keys.ts";
import { BUILT_IN_CONTEXT } from "../../built-in-context.ts";

/** One key of the language at one place of it. */
interface Example {
  readonly path: string;
  readonly noEffectYet: boolean;
  /** The lines of the topmost map that the key stands below. */
  readonly lines: readonly string[];
}

/** The example of every key of a level and of those below. */
function examplesOf({ keys }: KeyLevel): readonly Example[] {
  return keys.flatMap((spec): readonly Example[] => {
    const siblings = keys.filter((other) => other !== spec && other.required === true).map(lineOf);
    return [
      { path: spec.key, noEffectYet: spec.noEffectYet === true, lines: [...siblings, lineOf(spec)] },
      ...examplesBelow(spec).map(({ path, noEffectYet, lines }) => ({
        path: `${spec.key}.${path}`,
        noEffectYet: noEffectYet || spec.noEffectYet === true,
        lines: [...siblings, `${spec.key}:`, ...(spec.type.kind === "list" ? asItem(lines) : indent(lines))],
      })),
    ];
  });
}

function examplesBelow({ type }: KeySpec): readonly Example[] {
  const inner = type.kind === "list" ? type.items : type;
  return inner.kind === "level" ? examplesOf(inner.level) : [];
}

function lineOf({ key, example }: KeySpec): string {
  return `${key}: ${example}`;
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

function asItem([first = "", ...others]: readonly string[]): readonly string[] {
  return [`- ${first}`, ...indent(others)];
}

const REPO = ["- stage:", "  - git-checkout: {alias: repo, params: {uri: https://git.example/shop.git}}"];
const STAGES = ["stages:", ...REPO];

function withKeysOfFile(lines: readonly string[]): readonly string[] {
  const has = (key: string) => lines.some((line) => line.startsWith(`${key}:`));
  return [...(has("version") ? [] : ["version: 1.1"]), ...lines, ...(has("stages") ? [] : STAGES)];
}

const LEVELS = [
  { level: PIPELINE_LEVEL, file: withKeysOfFile },
  { level: STAGE_LEVEL, file: (lines: readonly string[]) => withKeysOfFile([...STAGES, ...asItem(lines)]) },
  {
    level: ACTION_LEVEL,
    file: (lines: readonly string[]) =>
      withKeysOfFile([...STAGES, "- stage:", "  - echo:", ...indent(indent(indent(lines)))]),
  },
  {
    level: GRAPH_ACTION_LEVEL,
    file: (lines: readonly string[]) =>
      withKeysOfFile([
        "stages:",
        "- - {type: git-checkout, alias: repo, params: {uri: u}}",
        `- - ${lines.join("\n    ")}`,
      ]),
  },
];

describe.each(LEVELS)("every key of $level.name has an example that compiles", ({ file, level }) => {
  test.each(examplesOf(level))("$path", ({ lines, noEffectYet }) => {
    const text = `${file(lines).join("\n")}\n`;
    const { compilation, diagnostics } = compile({ name: "pipeline.yaml", text }, BUILT_IN_CONTEXT);
    // Nothing is said of it, but that nothing comes of it; and of an image, that this machine has no containers; that an
    // example does not use the repository; and that what stands beside "cron" is alone.
    const expected = diagnostics.filter(
      ({ code }) =>
        (code === "read/no-effect-yet" && noEffectYet) ||
        code === "read/cron-alone" ||
        code === "validate/image-not-used" ||
        code === "validate/directory-not-used",
    );
    expect(diagnostics, `${text}\n${formatDiagnostics(diagnostics)}`).toEqual(expected);
    expect(expected.some(({ code }) => code === "read/no-effect-yet")).toBe(noEffectYet);
    expect(compilation).toBeDefined();
  });
});
