import { mayHoldReference, splitSpelled } from "../../expression/references/split-template.ts";
import type { CommandReference, Commands } from "../../model/pipeline.ts";
import type { YamlNode, YamlScalar } from "../../parse/tree.ts";
import { checkCommandText } from "./check-command-text.ts";
import { isNull, itemsOf } from "./fields.ts";
import { type NamedContext, referenceContext } from "./read-context.ts";

/** `commands`, a text or a list of texts joined by line feeds; `undefined` when there is nothing to run. */
export function readCommands(node: YamlNode | undefined, context: NamedContext): Commands | undefined {
  if (!node || isNull(node) || node.kind === "map") return undefined;
  const lines = (node.kind === "scalar" ? [node] : itemsOf(node)).filter((item) => item.kind === "scalar");
  const parts: (string | CommandReference)[] = [];
  for (const [index, line] of lines.entries()) {
    checkCommandText(line, context);
    if (index > 0) append(parts, "\n");
    for (const part of splitLine(line, context)) append(parts, part);
  }
  const isBlank = parts.every((part) => typeof part === "string" && part.trim() === "");
  return isBlank ? undefined : { parts, span: node.span };
}

function splitLine(line: YamlScalar, context: NamedContext): readonly (string | CommandReference)[] {
  if (!mayHoldReference(line.text)) return [line.text];
  const parts = splitSpelled(line.text, referenceContext(line, context, "commands"));
  return parts.map((part) => (typeof part === "string" ? part : { ...part, style: line.style }));
}

/** Neighbouring texts become one part. */
function append(parts: (string | CommandReference)[], part: string | CommandReference): void {
  const last = parts.at(-1);
  if (typeof part === "string" && typeof last === "string") parts[parts.length - 1] = last + part;
  else if (part !== "") parts.push(part);
}
