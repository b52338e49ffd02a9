import { didYouMean } from "../../diagnostics/suggest.ts";
import { renameToNear } from "../../diagnostics/text-fixes.ts";
import type { YamlNode } from "../../parse/tree.ts";
import type { Span } from "../../source/span.ts";
import { type ActionItem, readActionItem, readGraphItem } from "./action-item.ts";
import { ACTION_LEVEL, GRAPH_ACTION_LEVEL } from "./action-keys.ts";
import { checkKeys } from "./check-keys.ts";
import { isNull, itemsOf } from "./fields.ts";
import { STAGE_LEVEL } from "./pipeline-keys.ts";
import type { ReadContext } from "./read-context.ts";

/** A stage whose actions are told apart, but not read yet. */
export interface StageItems {
  readonly items: readonly ActionItem[];
  readonly span: Span;
}

/** Reads `stages`: a list of `- stage: [actions]`, or a list of lists as Erda's graph editor writes it. */
export function readStages(node: YamlNode | undefined, context: ReadContext): readonly StageItems[] {
  return itemsOf(node).map((stage) => ({ items: readStage(stage, context), span: stage.span }));
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
  if (isNull(entry.value) || entry.value.kind === "list") return readItems(entry.value, entry.keySpan, false, context);
  return [];
}

function readItems(list: YamlNode, span: Span, isGraph: boolean, context: ReadContext): readonly ActionItem[] {
  if (itemsOf(list).length === 0) context.collector.report("read/empty-stage", span, {});
  return itemsOf(list).flatMap((node) => {
    const item = isGraph ? readGraphItem(node, context) : readActionItem(node, context);
    if (!item) return [];
    checkKeys(item.body, isGraph ? GRAPH_ACTION_LEVEL : ACTION_LEVEL, item, context);
    return [item];
  });
}
