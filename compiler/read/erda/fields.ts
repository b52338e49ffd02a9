import { yaml11Boolean } from "../../parse/scalar-meaning.ts";
import type { YamlEntry, YamlNode, YamlScalar } from "../../parse/tree.ts";
import type { Located } from "../../source/span.ts";

// What these give for a value of the wrong type is `undefined`: check-keys.ts has already reported it.

/** The value behind a key; `undefined` when it is absent or null. */
export function field(entries: readonly YamlEntry[], key: string): YamlNode | undefined {
  // A loop, because a closure for each of the 17 keys of 10,000 actions costs more than the look-up.
  for (const entry of entries) if (entry.key === key) return isNull(entry.value) ? undefined : entry.value;
  return undefined;
}

/** Whether a node is YAML's null: `key:` with nothing behind it, or `~`. */
export function isNull(node: YamlNode): boolean {
  return node.kind === "scalar" && node.value === null;
}

/** A scalar of any type as its text (reference/erda.md 1.3). */
export function textOf(node: YamlNode | undefined): Located<string> | undefined {
  return node?.kind === "scalar" ? { value: node.text, span: node.span } : undefined;
}

/** A text that says something: the empty text counts as absent, as in Erda. */
export function wordsOf(node: YamlNode | undefined): Located<string> | undefined {
  const text = textOf(node);
  return text?.value.trim() ? text : undefined;
}

/** Entries of a map; none for anything else. */
export function entriesOf(node: YamlNode | undefined): readonly YamlEntry[] {
  return node?.kind === "map" ? node.entries : [];
}

/** Items of a list; none for anything else. */
export function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.kind === "list" ? node.items : [];
}

/** A number that YAML itself reads as one. */
export function numberOf(node: YamlNode | undefined): Located<number> | undefined {
  return node?.kind === "scalar" && typeof node.value === "number" ? { value: node.value, span: node.span } : undefined;
}

/** `true`, `false` and the unquoted words of YAML 1.1. */
export function booleanOf(node: YamlNode | undefined): boolean | undefined {
  return node?.kind === "scalar" ? booleanOfScalar(node) : undefined;
}

/** Like `booleanOf`; `undefined` for a scalar that is no boolean. */
export function booleanOfScalar(scalar: YamlScalar): boolean | undefined {
  if (typeof scalar.value === "boolean") return scalar.value;
  return scalar.style === "plain" ? yaml11Boolean(scalar.text) : undefined;
}
