import { didYouMean } from "../../diagnostics/suggest.ts";
import { renameToNear } from "../../diagnostics/text-fixes.ts";
import type { YamlMap, YamlNode } from "../../parse/tree.ts";
import type { Span } from "../../source/span.ts";
import { type ActionItem, readActionItem, readGraphItem, typeNamed } from "./action-item.ts";
import { ACTION_LEVEL, GRAPH_ACTION_LEVEL } from "./action-keys.ts";
import { checkKeys } from "./check-keys.ts";
import { isNull, itemsOf } from "./fields.ts";
import { isActionAmongStages, isBareStage, reportActionsAmongStages } from "./flat-stages.ts";
import { reportMissingCommands } from "./missing-commands.ts";
import { STAGE_LEVEL } from "./pipeline-keys.ts";
import type { ReadContext } from "./read-context.ts";

/** A stage whose actions are told apart, but not read yet. */
export interface StageItems {
  readonly items: readonly ActionItem[];
  readonly span: Span;
}

/** Reads `stages`: a list of `- stage: [actions]`, or a list of lists as Erda's graph editor writes it. */
export function readStages(node: YamlNode | undefined, context: ReadContext): readonly StageItems[] {
  const stages = itemsOf(node);
  const read: StageItems[] = [];
  let done = 0;
  for (const [index, stage] of stages.entries()) {
    if (index < done) continue;
    if (isActionAmongStages(stage, context)) {
      read.push(readFlat([stage], false, context));
      continue;
    }
    // What stands behind a bare "- stage:" is read with it.
    const behind = isBareStage(stage) ? actionsFrom(stages, index + 1, context) : [];
    done = index + 1 + behind.length;
    read.push(
      behind.length > 0 ? readFlat(behind, true, context) : { items: readStage(stage, context), span: stage.span },
    );
  }
  return read;
}

/** Actions that stand where stages should, read as a stage. */
function readFlat(actions: readonly YamlMap[], isBehindStage: boolean, context: ReadContext): StageItems {
  const span = reportActionsAmongStages(actions, isBehindStage, context);
  return { items: actions.flatMap((action) => readItem(action, false, context)), span };
}

function actionsFrom(stages: readonly YamlNode[], from: number, context: ReadContext): readonly YamlMap[] {
  const actions: YamlMap[] = [];
  for (const stage of stages.slice(from)) {
    if (!isActionAmongStages(stage, context)) break;
    actions.push(stage);
  }
  return actions;
}

function readStage(stage: YamlNode, context: ReadContext): readonly ActionItem[] {
  if (stage.kind === "list") return readItems(stage, stage.span, true, context);
  if (stage.kind !== "map") {
    context.collector.report("read/empty-stage", stage.span, {});
    return [];
  }
  const entry = stage.entries.find(({ key }) => key === "stage");
  if (!entry) {
    const [first] = stage.entries;
    const guess = first && didYouMean(first.key, ["stage"]);
    const fixes = first && renameToNear(context.file, first.keySpan, first.key, ["stage"]);
    context.collector.report("read/empty-stage", first?.keySpan ?? stage.span, {}, { help: guess, fixes });
    return [];
  }
  checkKeys(stage.entries, STAGE_LEVEL, stage, context);
  // A "-" without a space behind it makes a key of the action, and is told as that.
  if (isNull(entry.value) && stage.entries.some(({ key }) => key.startsWith("-"))) return [];
  if (isNull(entry.value) || entry.value.kind === "list") return readItems(entry.value, entry.keySpan, false, context);
  return [];
}

function readItems(list: YamlNode, span: Span, isGraph: boolean, context: ReadContext): readonly ActionItem[] {
  if (itemsOf(list).length === 0) context.collector.report("read/empty-stage", span, {});
  return itemsOf(list).flatMap((node) => readItem(node, isGraph, context));
}

function readItem(node: YamlNode, isGraph: boolean, context: ReadContext): readonly ActionItem[] {
  const item = isGraph ? readGraphItem(node, context) : readActionItem(node, context);
  if (!item) return [];
  const told = reportMissingCommands(item, typeNamed(item.type.value, context.compile), context);
  const body = told ? item.body.filter((entry) => entry !== told) : item.body;
  checkKeys(body, isGraph ? GRAPH_ACTION_LEVEL : ACTION_LEVEL, item, context);
  return [item];
}
