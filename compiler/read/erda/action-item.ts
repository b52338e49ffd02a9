import type { Remedy } from "../../diagnostics/create-diagnostic.ts";
import type { Fix } from "../../diagnostics/diagnostic.ts";
import { joinWords } from "../../diagnostics/suggest.ts";
import { replaceBy } from "../../diagnostics/text-fixes.ts";
import type { ActionType } from "../../model/action-type.ts";
import { nameOfKind } from "../../parse/build-tree.ts";
import type { YamlEntry, YamlMap, YamlNode } from "../../parse/tree.ts";
import { lineMapOf } from "../../source/line-map.ts";
import type { SourceFile } from "../../source/source-file.ts";
import type { Located, Span } from "../../source/span.ts";
import { ACTION_LEVEL } from "./action-keys.ts";
import { isNull, wordsOf } from "./fields.ts";
import { remedyForIndent } from "./indent-remedy.ts";
import { findListBeside } from "./key-beside-list.ts";
import { specsOf } from "./key-table.ts";
import type { ReadContext } from "./read-context.ts";
import { rewriteBody } from "./rewrite-body.ts";
import { reportStep } from "./step-item.ts";

/** One list item of a stage, whatever form it had: a type and the keys that belong to it. */
export interface ActionItem {
  readonly type: Located<string>;
  /** From `type@version`. */
  readonly typeVersion: Located<string> | undefined;
  /** Keys of the language. */
  readonly body: readonly YamlEntry[];
  /** Inputs that stand beside `params`. */
  readonly inputs: readonly YamlEntry[];
  readonly span: Span;
}

/** `- git-checkout: {…}`, with the rule for keys that stand beside the type. Mistakes are reported. */
export function readActionItem(item: YamlNode, context: ReadContext): ActionItem | undefined {
  if (isNull(item)) return reportEmptyItem(item, context);
  if (item.kind !== "map") return reportWrongItem(item, context);
  const [first, second] = item.entries;
  if (!first) return reportEmptyItem(item, context);
  if (reportStep(item, context)) return undefined;
  if (second) return readKeysBesideType(item, second, context);
  const { value } = first;
  if (value.kind !== "map" && !isNull(value)) {
    const params = { key: first.key, expected: "a map", found: nameOfKind(value) };
    context.collector.report("read/wrong-type", value.span, params, remedyForBody(first, context.file));
    return undefined;
  }
  const entries = value.kind === "map" ? value.entries : [];
  return makeItem({ value: first.key, span: first.keySpan }, entries, item, context);
}

/** What to do about something else than keys behind a type: keys without a space behind their colon are a text. */
function remedyForBody({ key, value }: YamlEntry, file: SourceFile): Remedy {
  const written = file.text.slice(value.span.start, value.span.end);
  const colons = [...written.matchAll(/^\s*([a-z_]+):(?=\S)/gm)];
  const [name] = colons.map(([, word = ""]) => word);
  if (value.kind !== "scalar" || value.style !== "plain" || name === undefined || !isActionKey(name)) {
    return { help: `Write the keys of the action below "${key}:", indented deeper.` };
  }
  const edits = colons.map(({ 0: found, index }) => {
    const place = value.span.start + index + found.length;
    return { span: { start: place, end: place }, newText: " " };
  });
  return {
    help: `Write a space behind each colon, as in "${name}: …".`,
    fixes: [{ title: "Write a space behind each colon", edits }],
  };
}

/** The graph form: `- {type: git-checkout, alias: repo, …}` (reference/erda.md 1.2). */
export function readGraphItem(item: YamlNode, context: ReadContext): ActionItem | undefined {
  if (isNull(item)) return reportEmptyItem(item, context);
  if (item.kind !== "map") return reportWrongItem(item, context);
  const type = wordsOf(item.entries.find(({ key }) => key === "type")?.value);
  if (!type) {
    context.collector.report("read/missing-type", item.entries[0]?.keySpan ?? item.span, {});
    return undefined;
  }
  return makeItem(type, item.entries, item, context);
}

/**
 * Exactly one key that is no key of an action and no input of the type, with nothing behind it, is the type, and the
 * others are its keys: the way in which Erda's authors printed their example. Anything else is an indent mistake.
 */
function readKeysBesideType(item: YamlMap, second: YamlEntry, context: ReadContext): ActionItem | undefined {
  const { collector, compile, file } = context;
  const strangers = item.entries.filter(
    (entry) => !isActionKey(entry.key) && !findListBeside(entry, item.entries, ACTION_LEVEL, file),
  );
  const candidates = strangers.filter(
    (candidate) =>
      isNull(candidate.value) &&
      strangers.every((other) => other === candidate || isInputOf(typeNamed(candidate.key, compile), other.key)),
  );
  const [type, ...others] = candidates;
  if (!type || others.length > 0) {
    const keys = joinWords(
      item.entries.map(({ key }) => `"${key}"`),
      "and",
    );
    collector.report("read/indent", second.keySpan, { keys }, remedyForIndent(context.file, item));
    return undefined;
  }
  const rest = item.entries.filter((entry) => entry !== type);
  const inputs = strangers.filter((entry) => entry !== type);
  const fixes = rewriteBody(context.file, item, rest, inputs, type);
  collector.report("read/keys-beside-type", type.keySpan, { type: type.key }, { fixes });
  return makeItem({ value: type.key, span: type.keySpan }, rest, item, context);
}

function makeItem(
  written: Located<string>,
  entries: readonly YamlEntry[],
  item: YamlMap,
  context: ReadContext,
): ActionItem {
  const at = written.value.indexOf("@");
  const type = at > 0 ? { value: written.value.slice(0, at), span: written.span } : written;
  const typeVersion = at > 0 ? { value: written.value.slice(at + 1), span: written.span } : undefined;
  const known = typeNamed(type.value, context.compile);
  const inputs = entries.filter(({ key }) => !isActionKey(key) && isInputOf(known, key));
  reportInputs(type.value, entries, inputs, item, context);
  const taken = new Set(inputs);
  const body = inputs.length === 0 ? entries : entries.filter((entry) => !taken.has(entry));
  return { type, typeVersion, body, inputs, span: item.span };
}

function reportInputs(
  type: string,
  entries: readonly YamlEntry[],
  inputs: readonly YamlEntry[],
  item: YamlMap,
  { collector, file }: ReadContext,
): void {
  const besideType = item.entries.length > 1;
  const [only] = item.entries;
  const body = only?.value.kind === "map" ? only.value : undefined;
  for (const [index, { key, keySpan }] of inputs.entries()) {
    // One change moves them all, so only the first carries it; beside the type the other warning has it.
    const fixes = index === 0 && !besideType && body ? rewriteBody(file, body, entries, inputs) : [];
    collector.report("read/param-outside-params", keySpan, { param: key, type }, { fixes });
  }
}

function isActionKey(key: string): boolean {
  return specsOf(ACTION_LEVEL).has(key);
}

function isInputOf(type: ActionType | undefined, key: string): boolean {
  return type?.params.some(({ name }) => name === key) ?? false;
}

/** The action type of a name as written, `name` or `name@version`. */
export function typeNamed(written: string, { actionTypes }: ReadContext["compile"]): ActionType | undefined {
  return actionTypes.get(written) ?? actionTypes.get(written.replace(/@.*$/s, ""));
}

function reportEmptyItem({ span }: YamlNode, { collector, file }: ReadContext): undefined {
  collector.report("read/empty-action", span, {}, { fixes: removeEmptyItem(file, span) });
  return undefined;
}

function reportWrongItem(item: YamlNode, { collector }: ReadContext): undefined {
  const help =
    item.kind === "scalar" ? `Write "- ${item.text}:" with a colon.` : 'Write one "- <action type>:" per action.';
  const params = { key: "stage", expected: "a list of actions", found: nameOfKind(item) };
  const end = { start: item.span.end, end: item.span.end };
  const fixes = item.kind === "scalar" && item.style === "plain" ? [replaceBy("Add the colon", end, ":")] : [];
  collector.report("read/wrong-type", item.span, params, { help, fixes });
  return undefined;
}

/** Removes the line of a "-" behind which nothing stands. */
function removeEmptyItem(file: SourceFile, span: Span): readonly Fix[] {
  const lines = lineMapOf(file);
  const { line } = lines.positionAt(span.start);
  if (lines.lineText(line).trim() !== "-") return [];
  return [replaceBy('Remove the "-"', { start: lines.lineStart(line), end: lines.lineStart(line + 1) }, "")];
}
