import { parse } from "yaml";
import { ACTION_LEVEL, GRAPH_ACTION_LEVEL } from "../../compiler/read/erda/action-keys.ts";
import type { KeyLevel, KeySpec, KeyType } from "../../compiler/read/erda/key-table.ts";
import { PIPELINE_LEVEL, STAGE_LEVEL } from "../../compiler/read/erda/pipeline-keys.ts";

/** As far as it is used here. */
interface Schema {
  readonly [keyword: string]: unknown;
}

/** A key without a value means that it is not given. */
const NOT_GIVEN = "null";
/** Any scalar is read as its text. */
const SCALAR: Schema = { type: ["string", "number", "boolean", NOT_GIVEN] };
/** What YAML 1.1 took for booleans; editors follow 1.2, for which they are texts. */
const YAML_1_1_BOOLEAN = "^([Yy]([Ee][Ss])?|[Nn][Oo]?|[Oo][Nn]|[Oo][Ff][Ff])$";

/**
 * JSON Schema (2020-12) of a pipeline, made of the tables that the reader reads by. It is as strict as `sluice check
 * --strict`: unknown keys are wrong, and so is what Sluice reads with a warning, such as inputs beside `params`.
 */
export function pipelineSchema(): Schema {
  const definitions: Record<string, Schema> = {};
  const nameOf = (level: KeyLevel) => {
    const name = level === GRAPH_ACTION_LEVEL ? "graph-action" : slugOf(level.name);
    if (!Object.hasOwn(definitions, name)) {
      // Named before it is made, in case that a level holds itself.
      definitions[name] = {};
      definitions[name] = schemaOfLevel(level);
    }
    return { $ref: `#/$defs/${name}` };
  };

  function schemaOfLevel({ keys }: KeyLevel): Schema {
    const required = keys.filter((spec) => spec.required === true).map(({ key }) => key);
    return {
      type: ["object", NOT_GIVEN],
      properties: Object.fromEntries(keys.map((spec) => [spec.key, schemaOfKey(spec)])),
      ...(required.length === 0 ? {} : { required }),
      additionalProperties: false,
    };
  }

  function schemaOfKey({ key, description, default: fallback, example, noEffectYet, type }: KeySpec): Schema {
    const sentences = [
      description,
      ...(fallback === undefined ? [] : [`Default: ${fallback}.`]),
      ...(noEffectYet === true ? ["Has no effect yet."] : []),
    ];
    return {
      description: sentences.join(" "),
      ...(key === "stages" ? stagesSchema() : key === "stage" ? actionsSchema() : schemaOf(type)),
      examples: [parse(example)],
    };
  }

  /** `- stage: […]`, or lists of lists as Erda's graph editor writes them. */
  function stagesSchema(): Schema {
    const graphStage = { type: "array", items: nameOf(GRAPH_ACTION_LEVEL), minItems: 1 };
    return { type: ["array", NOT_GIVEN], items: { anyOf: [nameOf(STAGE_LEVEL), graphStage] } };
  }

  /** `- git-checkout: {…}`: one key, the type. */
  function actionsSchema(): Schema {
    const item = {
      type: "object",
      description: "An action: its type, and below it what it is told.",
      minProperties: 1,
      maxProperties: 1,
      additionalProperties: nameOf(ACTION_LEVEL),
    };
    return { type: "array", items: item, minItems: 1 };
  }

  function schemaOf(type: KeyType): Schema {
    switch (type.kind) {
      case "any":
        return {};
      case "text":
        return type.choices ? { enum: choicesOf(type.choices) } : SCALAR;
      case "boolean":
        return { anyOf: [{ type: ["boolean", NOT_GIVEN] }, { type: "string", pattern: YAML_1_1_BOOLEAN }] };
      case "number":
        return {
          type: [type.whole ? "integer" : "number", NOT_GIVEN],
          ...(type.least === undefined ? {} : { minimum: type.least }),
        };
      case "lines":
        return { anyOf: [SCALAR, { type: "array", items: SCALAR }] };
      case "list":
        return { type: ["array", NOT_GIVEN], items: schemaOf(type.items) };
      case "map":
        return { type: ["object", NOT_GIVEN], additionalProperties: schemaOf(type.values) };
      case "level":
        return nameOf(type.level);
    }
  }

  const pipeline = schemaOfLevel(PIPELINE_LEVEL);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Sluice pipeline",
    description: "A pipeline.yaml of Sluice: Erda's pipeline language 1.1. See docs/pipeline-yaml.md.",
    ...pipeline,
    type: "object",
    // The reader says this by a code of its own, read/missing-version.
    required: ["version"],
    $defs: definitions,
  };
}

/** The words themselves and, of those that look like numbers, the numbers: `version: 1.1`. */
function choicesOf(choices: readonly string[]): readonly unknown[] {
  return choices.flatMap((choice) => [...new Set([choice, parse(choice)])]);
}

/** `a loop's strategy`: `loop-strategy`. */
function slugOf(name: string): string {
  return name
    .replace(/^an? /, "")
    .replace(/'s/, "")
    .replace(/[^a-z]+/g, "-");
}
