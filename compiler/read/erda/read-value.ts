import { mayHoldReference, splitTemplate } from "../../expression/references/split-template.ts";
import type { JsonPrimitive, Value, ValueEntry } from "../../model/value.ts";
import type { YamlEntry, YamlNode, YamlScalar } from "../../parse/tree.ts";
import { type NamedContext, referenceContext } from "./read-context.ts";

/** Any YAML value with the references in its texts. */
export function readValue(node: YamlNode, context: NamedContext): Value {
  switch (node.kind) {
    case "scalar":
      return typeof node.value === "string" ? readTextValue(node, context) : literal(node, node.value);
    case "list":
      return { kind: "list", items: node.items.map((item) => readValue(item, context)), span: node.span };
    case "map":
      return { kind: "map", entries: readEntries(node.entries, context), span: node.span };
  }
}

/** The entries of a map of any values. */
export function readEntries(entries: readonly YamlEntry[], context: NamedContext): readonly ValueEntry[] {
  return entries.map(({ key, keySpan, value }) => ({ key, keySpan, value: readValue(value, context) }));
}

/** A scalar of any type as text: an env of `1` is "1", an empty one "". */
export function readTextValue(scalar: YamlScalar, context: NamedContext): Value {
  if (!mayHoldReference(scalar.text)) return literal(scalar, scalar.text);
  const parts = splitTemplate(scalar.text, referenceContext(scalar, context, "value"));
  return parts.every((part) => typeof part === "string")
    ? literal(scalar, scalar.text)
    : { kind: "template", parts, span: scalar.span };
}

/** The entries of a map of texts. */
export function readTextEntries(entries: readonly YamlEntry[], context: NamedContext): readonly ValueEntry[] {
  return entries.flatMap(({ key, keySpan, value }) =>
    value.kind === "scalar" ? [{ key, keySpan, value: readTextValue(value, context) }] : [],
  );
}

function literal({ span }: YamlScalar, value: JsonPrimitive): Value {
  return { kind: "literal", value, span };
}
