import { didYouMean } from "../../diagnostics/suggest.ts";
import { renameToNear, replaceName } from "../../diagnostics/text-fixes.ts";
import {
  type EnvEntry,
  type OutputDeclaration,
  PARAM_TYPES,
  type ParamDeclaration,
  type ParamType,
} from "../../model/pipeline.ts";
import type { YamlNode } from "../../parse/tree.ts";
import type { Located } from "../../source/span.ts";
import { booleanOf, entriesOf, field, itemsOf, textOf, wordsOf } from "./fields.ts";
import type { NamedContext } from "./read-context.ts";
import { readTextValue, readValue } from "./read-value.ts";

/** `envs`: every value is text. */
export function readEnvs(node: YamlNode | undefined, context: NamedContext): readonly EnvEntry[] {
  return entriesOf(node).flatMap(({ key, keySpan, value }) =>
    value.kind === "scalar" ? [{ name: { value: key, span: keySpan }, value: readTextValue(value, context) }] : [],
  );
}

/** Names under `params`, before anything else of them is read. */
export function readParamNames(node: YamlNode | undefined): readonly string[] {
  return itemsOf(node).flatMap((item) => wordsOf(field(entriesOf(item), "name"))?.value ?? []);
}

/** `params` of the pipeline; entries without a name are left out, they were reported. */
export function readParams(node: YamlNode | undefined, context: NamedContext): readonly ParamDeclaration[] {
  return itemsOf(node).flatMap((item) => {
    const entries = entriesOf(item);
    const name = wordsOf(field(entries, "name"));
    if (!name) return [];
    const defaultNode = field(entries, "default");
    return [
      {
        name,
        type: readParamType(wordsOf(field(entries, "type")), context),
        required: booleanOf(field(entries, "required")) ?? false,
        default: defaultNode && readValue(defaultNode, context),
        description: textOf(field(entries, "desc"))?.value,
        span: item.span,
      },
    ];
  });
}

const OTHER_WORDS: ReadonlyMap<string, ParamType> = new Map([
  ["bool", "boolean"],
  ["integer", "int"],
  ["number", "int"],
  ["text", "string"],
]);

function readParamType(written: Located<string> | undefined, { collector, file }: NamedContext): ParamType {
  if (!written) return "string";
  const type = PARAM_TYPES.find((known) => known === written.value);
  if (type) return type;
  const other = OTHER_WORDS.get(written.value.toLowerCase());
  const help = other ? `Write "${other}".` : (didYouMean(written.value, PARAM_TYPES) ?? 'Write "string".');
  const fixes = other
    ? replaceName(file, written.span, written.value, other)
    : renameToNear(file, written.span, written.value, PARAM_TYPES);
  collector.report("read/unknown-param-type", written.span, { type: written.value }, { help, fixes });
  return "string";
}

/** `outputs` of the pipeline. */
export function readOutputs(node: YamlNode | undefined, context: NamedContext): readonly OutputDeclaration[] {
  return itemsOf(node).flatMap((item) => {
    const entries = entriesOf(item);
    const name = wordsOf(field(entries, "name"));
    const ref = field(entries, "ref");
    if (!name || ref?.kind !== "scalar") return [];
    return [
      {
        name,
        description: textOf(field(entries, "desc"))?.value,
        ref: readTextValue(ref, context),
        span: item.span,
      },
    ];
  });
}
