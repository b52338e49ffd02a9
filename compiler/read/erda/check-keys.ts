import { assertNever } from "../../assert-never.ts";
import type { Remedy } from "../../diagnostics/create-diagnostic.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import { onlyNear, replaceBy, replaceName } from "../../diagnostics/text-fixes.ts";
import { nameOfKind } from "../../parse/build-tree.ts";
import type { YamlEntry, YamlNode } from "../../parse/tree.ts";
import { booleanOfScalar, isNull } from "./fields.ts";
import { fixForeignKey } from "./foreign-key-fixes.ts";
import { remedyForForeignKey, sameKeyHere } from "./foreign-keys.ts";
import { reportKeyBesideList } from "./key-beside-list.ts";
import { type KeyLevel, type KeyType, specsOf } from "./key-table.ts";
import { remedyForList } from "./list-remedies.ts";
import type { ReadContext } from "./read-context.ts";
import { remedyForBoolean, remedyForCommand, remedyForLevel, remedyForNumber, remedyForText } from "./type-remedies.ts";

/**
 * Checks the entries of one map against its table, all levels below included: unknown keys, wrong types, missing keys,
 * keys without effect yet. Readers may then take what they find.
 */
export function checkKeys(
  entries: readonly YamlEntry[],
  level: KeyLevel,
  parent: { readonly span: { readonly start: number; readonly end: number } },
  context: ReadContext,
): void {
  const { collector } = context;
  const specs = specsOf(level);
  const unknown = entries.some(({ key }) => !specs.has(key)) ? findUnknownKeys(entries, level) : undefined;
  for (const entry of entries) {
    const spec = specs.get(entry.key);
    if (spec) {
      checkType(entry.key, entry.value, spec.type, context);
      if (spec.noEffectYet && !isEmpty(entry.value)) {
        collector.report("read/no-effect-yet", entry.keySpan, { key: entry.key });
      }
    } else if (unknown && !unknown.told.has(entry) && !reportKeyBesideList(entry, entries, level, context)) {
      reportUnknownKey(entry, entries, level, unknown.taken, context);
    }
  }
  for (const { key, required } of level.keys) {
    if (!required) continue;
    const found = entries.find((entry) => entry.key === key);
    if (found && !isNull(found.value)) continue;
    const params = { level: capital(level.name), key };
    const written = unknown?.misspelled.get(key);
    if (!written) collector.report("read/missing-key", found?.keySpan ?? parent.span, params);
    else collector.report("read/missing-key", written.keySpan, params, remedyForMisspelled(written, key, context));
  }
}

interface UnknownKeys {
  /** Keys that the map has, or will have when it is mended: a fix must not make a duplicate. */
  readonly taken: Set<string>;
  /** By the key that each stands for, with which it is told. */
  readonly misspelled: ReadonlyMap<string, YamlEntry>;
  readonly told: ReadonlySet<YamlEntry>;
}

function findUnknownKeys(entries: readonly YamlEntry[], level: KeyLevel): UnknownKeys {
  const misspelled = misspelledKeys(entries, level);
  return { taken: new Set(entries.map(({ key }) => key)), misspelled, told: new Set(misspelled.values()) };
}

/** Keys that a map must have and lacks, with the unknown one that is near: one mistake, not two. */
function misspelledKeys(entries: readonly YamlEntry[], level: KeyLevel): ReadonlyMap<string, YamlEntry> {
  const lacking = level.keys.filter(({ key, required }) => required && !entries.some((entry) => entry.key === key));
  return new Map(
    lacking.flatMap(({ key }) => {
      const entry = misspelledKey(entries, key, level);
      return entry ? [[key, entry] as const] : [];
    }),
  );
}

/** The unknown key that is meant to be `key`, where only that one is near. */
export function misspelledKey(entries: readonly YamlEntry[], key: string, level: KeyLevel): YamlEntry | undefined {
  const unknown = entries.filter((entry) => !level.keys.some((spec) => spec.key === entry.key));
  return unknown.find(
    (entry) =>
      onlyNear(
        entry.key,
        level.keys.map((spec) => spec.key),
      ) === key,
  );
}

/** "Did you mean …?" for an unknown key that stands for a known one. */
export function remedyForMisspelled({ key, keySpan }: YamlEntry, meant: string, { file }: ReadContext): Remedy {
  return { help: `Did you mean "${meant}"?`, fixes: replaceName(file, keySpan, key, meant) };
}

function reportUnknownKey(
  entry: YamlEntry,
  entries: readonly YamlEntry[],
  level: KeyLevel,
  taken: Set<string>,
  { collector, file }: ReadContext,
): void {
  const { key, keySpan } = entry;
  if (/^-\w/.test(key)) {
    const place = { start: keySpan.start + 1, end: keySpan.start + 1 };
    const fixes = [replaceBy('Write a space behind "-"', place, " ")];
    const help = `Write a space behind the "-": "- ${key.slice(1)}:".`;
    collector.report("read/unknown-key", keySpan, { key, level: level.name }, { help, fixes });
    return;
  }
  const known = level.keys.map((spec) => spec.key);
  const foreign = remedyForForeignKey(key, level.name, known);
  const same = sameKeyHere(key, known);
  const isTwin = same !== undefined && entries.some((other) => other.key === same);
  const help = isTwin
    ? `"${same}" stands here already: remove "${key}".`
    : (foreign ?? didYouMean(key, known) ?? `The keys of ${level.name} are ${known.join(", ")}.`);
  // What another system means by a word is not what is near to it.
  const meant = same ?? (foreign === undefined ? onlyNear(key, known) : undefined);
  const isFree = meant !== undefined && !taken.has(meant);
  const fixes = isFree ? replaceName(file, keySpan, key, meant) : fixForeignKey(entry, entries, level, file);
  if (meant !== undefined) taken.add(meant);
  collector.report("read/unknown-key", keySpan, { key, level: level.name }, { help, fixes });
}

function isEmpty(node: YamlNode): boolean {
  if (node.kind === "scalar") return node.value === null || node.text === "";
  return node.kind === "list" ? node.items.length === 0 : node.entries.length === 0;
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Reports what in a value is not of the type that its key wants. Null is always allowed: it means "not given". */
function checkType(key: string, node: YamlNode, type: KeyType, context: ReadContext): void {
  if (isNull(node)) return;
  const wrong = (expected: string, remedy: Remedy) =>
    context.collector.report("read/wrong-type", node.span, { key, expected, found: nameOfKind(node) }, remedy);
  switch (type.kind) {
    case "any":
      return;
    case "text":
      if (node.kind !== "scalar") wrong("a text", remedyForText(node, context.file));
      return;
    case "boolean":
      if (node.kind !== "scalar" || booleanOfScalar(node) === undefined)
        wrong("true or false", remedyForBoolean(key, node));
      return;
    case "number":
      checkNumber(key, node, type, context);
      return;
    case "lines":
      if (node.kind === "list") for (const item of node.items) checkLine(key, item, context);
      else if (node.kind === "map") wrong("a text or a list of texts", remedyForText(node, context.file));
      return;
    case "list":
      if (node.kind !== "list") {
        wrong("a list", remedyForList(key, node, type.items, context.file));
        return;
      }
      for (const item of node.items) checkType(key, item, type.items, context);
      return;
    case "map":
      if (node.kind !== "map") {
        wrong("a map", { help: `Write one "name: value" per line below "${key}:".` });
        return;
      }
      for (const entry of node.entries) checkType(entry.key, entry.value, type.values, context);
      return;
    case "level":
      if (node.kind !== "map") {
        wrong("a map", remedyForLevel(key, node, type.level));
        return;
      }
      checkKeys(node.entries, type.level, node, context);
      return;
    /* v8 ignore next -- @preserve */
    default:
      assertNever(type);
  }
}

function checkNumber(
  key: string,
  node: YamlNode,
  { least, unit, whole }: Extract<KeyType, { kind: "number" }>,
  context: ReadContext,
): void {
  const value = node.kind === "scalar" ? node.value : undefined;
  if (typeof value === "number" && (!whole || Number.isInteger(value))) {
    if (least !== undefined && value < least) {
      context.collector.report("read/out-of-range", node.span, { key, least, found: value });
    }
    return;
  }
  const expected = `${whole ? "a whole number" : "a number"}${unit ? ` of ${unit}` : ""}`;
  const params = { key, expected, found: nameOfKind(node) };
  context.collector.report("read/wrong-type", node.span, params, remedyForNumber(key, node, unit));
}

function checkLine(key: string, item: YamlNode, { collector, file }: ReadContext): void {
  if (item.kind === "scalar") return;
  const params = { key, expected: "a list of texts", found: `${nameOfKind(item)} here` };
  collector.report("read/wrong-type", item.span, params, remedyForCommand(item, file));
}
