import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { compile } from "../../compiler/index.ts";
import { SHOP_CONTEXT } from "../compiler/compile-context.ts";
import { pipelineSchema } from "./pipeline-schema.ts";

const FILE = fileURLToPath(new URL("../../schema/pipeline.schema.json", import.meta.url));
const SCHEMA = pipelineSchema();

test("schema/pipeline.schema.json is made of the tables that the reader reads by", async () => {
  await expect(`${JSON.stringify(SCHEMA, null, 2)}\n`).toMatchFileSnapshot(FILE);
});

const ajv = new Ajv2020({ allowUnionTypes: true, strict: true, allErrors: true });
const validate = ajv.compile(SCHEMA);

/** Where in the document something is wrong, as JSON pointers. */
function wrongPlaces(text: string): readonly string[] {
  validate(parse(text, { merge: true }));
  return [...new Set(validate.errors?.map(({ instancePath }) => instancePath) ?? [])];
}

test("it is a JSON Schema of 2020-12, every key with its description and an example that it accepts", () => {
  expect(ajv.validateSchema(SCHEMA)).toBe(true);
  const definitions = Object(SCHEMA["$defs"]);
  const levels = [SCHEMA, ...Object.values(definitions)].map((level) => Object(level).properties);
  expect(levels.length).toBeGreaterThan(15);
  for (const level of levels) {
    for (const [key, schema] of Object.entries<{ description: string; examples: unknown[] }>(level)) {
      expect(schema.description, key).toMatch(/\.$/);
      const accepts = ajv.compile({ ...schema, $defs: definitions });
      for (const example of schema.examples)
        expect(accepts(example), `${key}: ${ajv.errorsText(accepts.errors)}`).toBe(true);
    }
  }
});

/** Pipelines of this repository, and whether Sluice reads them without a word about how they are written. */
const PIPELINES = ["../fixtures/compile/", "../../examples/"]
  .map((folder) => new URL(folder, import.meta.url))
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".yaml"))
      .map((path) => ({ path, text: readFileSync(new URL(path, folder), "utf8") })),
  )
  .sort((left, right) => (left.path < right.path ? -1 : 1));

/** Of references and commands a schema knows nothing. */
const BEYOND_A_SCHEMA =
  /^read\/(no-stages|no-effect-yet|.*(placeholder|reference|brace|modifier|alias|base64|random).*)$/;

describe("it accepts what Sluice reads without a warning, and nothing else", () => {
  test.each(PIPELINES)("$path", ({ path, text }) => {
    const { diagnostics } = compile({ name: path, text }, { ...SHOP_CONTEXT, strict: true, unknownActions: "warn" });
    const told = diagnostics.filter(({ code }) => code.startsWith("read/") && !BEYOND_A_SCHEMA.test(code));
    if (told.length === 0) expect(wrongPlaces(text)).toEqual([]);
    else expect(wrongPlaces(text)).not.toEqual([]);
  });
});

const action = (keys: string) => `version: "1.1"\nstages:\n- stage:\n  - echo: {${keys}}\n`;
const ACTION = "/stages/0/stage/0/echo";

describe("it refuses mistakes, at their place", () => {
  test.each([
    ["no version", "stages: []", ""],
    ["another version", "version: 2", "/version"],
    ["an unknown key", "version: 1.1\nstage: []", ""],
    ["a pipeline that is a list", "- stage: []", ""],
    ["stages as a map", "version: 1.1\nstages: {stage: []}", "/stages"],
    ["an empty stage", "version: 1.1\nstages:\n- stage:", "/stages/0/stage"],
    ["a stage under another name", "version: 1.1\nstages:\n- steps: []", "/stages/0"],
    ["a type without a colon", "version: 1.1\nstages:\n- stage:\n  - echo", "/stages/0/stage/0"],
    ["keys beside the type", "version: 1.1\nstages:\n- stage:\n  - echo:\n    alias: a", "/stages/0/stage/0"],
    ["an unknown key of an action", action("comands: make"), ACTION],
    ["an input beside params", action("text: hello"), ACTION],
    ["a duration for seconds", action("timeout: 10m"), `${ACTION}/timeout`],
    ["a quoted number", action('timeout: "600"'), `${ACTION}/timeout`],
    ["a fraction", action("retry: {max_times: 1.5}"), `${ACTION}/retry/max_times`],
    ["less than nothing", action("resources: {cpu: -1}"), `${ACTION}/resources/cpu`],
    ["a word for a boolean", action("disable: maybe"), `${ACTION}/disable`],
    ["commands as a map", action("commands: {run: make}"), `${ACTION}/commands`],
    ["a text for a map", action("loop: forever"), `${ACTION}/loop`],
    ["a text for a list", action("namespaces: cache"), `${ACTION}/namespaces`],
    ["envs as a list", "version: 1.1\nenvs: [STORE]", "/envs"],
    ["a param without a name", "version: 1.1\nparams: [{type: int}]", "/params/0"],
    ["a param of an unknown type", "version: 1.1\nparams: [{name: a, type: text}]", "/params/0/type"],
  ])("%s", (_, text, place) => {
    expect(wrongPlaces(text)).toContain(place);
  });

  test.each([
    ["yes", "disable: yes"],
    ["Off", "disable: Off"],
    ["keys without values", "alias: , image: , timeout: , params: "],
    ["a number as a text", "alias: 1, version: 1.0"],
    ["without limit", "timeout: -1, loop: {strategy: {max_times: -1}}"],
    ["any params", "params: {deep: [{a: 1}, null, [x]]}"],
  ])("and takes %s", (_, keys) => {
    expect(wrongPlaces(action(keys))).toEqual([]);
  });
});
