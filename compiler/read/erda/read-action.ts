import type { Action, Resources } from "../../model/pipeline.ts";
import type { Value } from "../../model/value.ts";
import type { YamlEntry, YamlNode } from "../../parse/tree.ts";
import type { Located } from "../../source/span.ts";
import type { ActionItem } from "./action-item.ts";
import { booleanOf, entriesOf, field, itemsOf, numberOf, textOf, wordsOf } from "./fields.ts";
import { readCommands } from "./read-commands.ts";
import type { NamedContext } from "./read-context.ts";
import { readCondition, readLoop, readRetry } from "./read-loop.ts";
import { readEntries, readTextEntries, readTextValue } from "./read-value.ts";

/** The alias of an action: its type where none is given. */
export function aliasOf({ body, type }: ActionItem): Located<string> {
  return wordsOf(field(body, "alias")) ?? type;
}

/** `namespaces` beside the alias, which is always one. */
export function namespacesOf(item: ActionItem): readonly Located<string>[] {
  const alias = aliasOf(item).value;
  return itemsOf(field(item.body, "namespaces")).flatMap((node) => {
    const name = wordsOf(node);
    return name && name.value !== alias ? [name] : [];
  });
}

/** Builds the model of one action; every key was checked before. */
export function readAction(item: ActionItem, context: NamedContext): Action {
  const { body } = item;
  return {
    alias: aliasOf(item),
    type: item.type,
    typeVersion: wordsOf(field(body, "version")) ?? item.typeVersion,
    description: textOf(field(body, "description"))?.value,
    disabled: booleanOf(field(body, "disable")) ?? false,
    params: readEntries(paramEntries(item, context), context),
    labels: readTextEntries(entriesOf(field(body, "labels")), context),
    image: readImage(field(body, "image"), context),
    shell: wordsOf(field(body, "shell")),
    commands: readCommands(field(body, "commands"), context),
    condition: readCondition(field(body, "if"), context),
    loop: readLoop(field(body, "loop"), context),
    retry: readRetry(field(body, "retry")),
    timeoutSeconds: numberOf(field(body, "timeout")),
    resources: readResources(field(body, "resources")),
    namespaces: namespacesOf(item),
    executor: wordsOf(field(body, "executor")),
    span: item.span,
  };
}

function readImage(node: YamlNode | undefined, context: NamedContext): Value | undefined {
  return node?.kind === "scalar" && wordsOf(node) ? readTextValue(node, context) : undefined;
}

function paramEntries({ body, inputs }: ActionItem, { collector }: NamedContext): readonly YamlEntry[] {
  const given = entriesOf(field(body, "params"));
  const moved = inputs.filter(({ key, keySpan }) => {
    const earlier = given.find((entry) => entry.key === key);
    if (!earlier) return true;
    const related = [{ message: `"${key}" stands here too.`, span: earlier.keySpan }];
    collector.report("parse/duplicate-key", keySpan, { key }, { related });
    return false;
  });
  return [...given, ...moved];
}

function readResources(node: YamlNode | undefined): Resources | undefined {
  if (node?.kind !== "map") return undefined;
  // Erda takes 0 as "not given".
  const amount = (key: string) => numberOf(field(node.entries, key))?.value || undefined;
  return {
    cpu: amount("cpu"),
    maxCpu: amount("max_cpu"),
    memoryMb: amount("mem"),
    diskMb: amount("disk"),
    span: node.span,
  };
}
