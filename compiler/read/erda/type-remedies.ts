import type { Remedy } from "../../diagnostics/create-diagnostic.ts";
import { inSingleQuotes, quoteToLineEnd, replaceBy } from "../../diagnostics/text-fixes.ts";
import type { YamlNode, YamlScalar } from "../../parse/tree.ts";
import type { SourceFile } from "../../source/source-file.ts";
import { type KeyLevel, specsOf } from "./key-table.ts";
import { stepAsCommand } from "./steps-as-commands.ts";

/** How to write a number: without quotes, in the unit of the key. */
export function remedyForNumber(key: string, node: YamlNode, unit: string | undefined): Remedy {
  const text = node.kind === "scalar" ? node.text.trim() : "";
  if (/^-?\d+(\.\d+)?$/.test(text) && node.kind === "scalar" && node.style !== "plain") {
    return withoutQuotes(key, node);
  }
  const amount = inUnit(text, unit);
  if (amount !== undefined) {
    const fixes = [replaceBy(`Write the number of ${unit}`, node.span, String(amount))];
    return { help: `Write the number of ${unit}: "${key}: ${amount}".`, fixes };
  }
  return { help: `Write a number without quotes${unit ? ` and unit, in ${unit}` : ""}.` };
}

/** `512Mi` in MB, `10m` in seconds. */
function inUnit(text: string, unit: string | undefined): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([a-zA-Z]+)$/.exec(text);
  const factor = FACTORS.get(unit ?? "")?.get(match?.[2]?.toLowerCase() ?? "");
  return match && factor !== undefined ? Math.round(Number(match[1]) * factor) : undefined;
}

const FACTORS: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map([
  [
    "MB",
    new Map([
      ["m", 1],
      ["mb", 1],
      ["mi", 1],
      ["mib", 1],
      ["g", 1024],
      ["gb", 1024],
      ["gi", 1024],
      ["gib", 1024],
    ]),
  ],
  [
    "seconds",
    new Map([
      ["s", 1],
      ["sec", 1],
      ["m", 60],
      ["min", 60],
      ["h", 3600],
      ["d", 86_400],
    ]),
  ],
]);

/** How to write a boolean. */
export function remedyForBoolean(key: string, node: YamlNode): Remedy {
  if (node.kind === "scalar" && /^(true|false)$/i.test(node.text)) return withoutQuotes(key, node);
  return { help: `Write "${key}: true" or "${key}: false".` };
}

function withoutQuotes(key: string, { span, text }: YamlScalar): Remedy {
  return {
    help: `Remove the quotes: "${key}: ${text.trim()}".`,
    fixes: [replaceBy("Remove the quotes", span, text.trim())],
  };
}

/** How to write a map of known keys; a number of times may be meant as `max_times`. */
export function remedyForLevel(key: string, node: YamlNode, level: KeyLevel): Remedy {
  if (node.kind === "scalar" && typeof node.value === "number" && specsOf(level).has("max_times")) {
    const text = `{max_times: ${node.text}}`;
    return { help: `Write "${key}: ${text}".`, fixes: [replaceBy(`Write "${text}"`, node.span, text)] };
  }
  const keys = level.keys.map((spec) => spec.key).join(", ");
  return { help: `Write one "name: value" per line; the keys of ${level.name} are ${keys}.` };
}

/** Why a text became a list or a map. */
export function remedyForText(node: YamlNode, file: SourceFile): Remedy {
  if (node.kind !== "map" || node.flow) {
    return { help: 'Put the text in quotes: without them "[" and "{" start a list or a map.' };
  }
  const fixes = node.entries.length === 1 ? quoteToLineEnd(file, node.span.start) : [];
  return { help: 'Put the text in quotes: without them ": " makes it a map.', fixes };
}

/** How to write a command that became a list or a map: a step of another system, or brackets of the shell. */
export function remedyForCommand(item: YamlNode, file: SourceFile): Remedy {
  const edit = stepAsCommand(item, file);
  if (edit) {
    const help = `Write only the command: "- ${file.text.slice(edit.span.end, item.span.end).trimEnd()}".`;
    return { help, fixes: [{ title: 'Leave out "run:"', edits: [edit] }] };
  }
  if (item.kind === "map" && !item.flow && item.entries.some(({ key }) => key === "run")) {
    return { help: 'Write only what stands behind "run:": an item of "commands" is a text.' };
  }
  const written = file.text.slice(item.span.start, item.span.end);
  // `[ -f page.html ]` and `{ make; }` are the shell's; of other brackets nobody knows what they were meant to be.
  const isShell = item.kind !== "scalar" && item.flow && /^(?:\[\[? .* \]|\{ .*; *\})$/.test(written);
  const remedy = remedyForText(item, file);
  return isShell
    ? { ...remedy, fixes: [replaceBy("Put the line in quotes", item.span, inSingleQuotes(written))] }
    : remedy;
}
