import type { DiagnosticExtras } from "../../diagnostics/create-diagnostic.ts";
import type { YamlNode, YamlScalar } from "../../parse/tree.ts";

/** How to write a number: without quotes, in the unit of the key. */
export function remedyForNumber(key: string, node: YamlNode, unit: string | undefined): DiagnosticExtras {
  const text = node.kind === "scalar" ? node.text.trim() : "";
  if (/^-?\d+(\.\d+)?$/.test(text) && node.kind === "scalar" && node.style !== "plain") {
    return withoutQuotes(key, node);
  }
  const amount = inUnit(text, unit);
  if (amount !== undefined) return { help: `Write the number of ${unit}: "${key}: ${amount}".` };
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
export function remedyForBoolean(key: string, node: YamlNode): DiagnosticExtras {
  if (node.kind === "scalar" && /^(true|false)$/i.test(node.text)) return withoutQuotes(key, node);
  return { help: `Write "${key}: true" or "${key}: false".` };
}

function withoutQuotes(key: string, { span, text }: YamlScalar): DiagnosticExtras {
  return {
    help: `Remove the quotes: "${key}: ${text.trim()}".`,
    fixes: [{ title: "Remove the quotes", edits: [{ span, newText: text.trim() }] }],
  };
}

/** How to write a list. */
export function remedyForList(key: string, node: YamlNode): DiagnosticExtras {
  return {
    help: node.kind === "scalar" ? `Write "${key}: [${node.text}]".` : `Start each item below "${key}:" with "- ".`,
  };
}

/** Why a text became a list or a map. */
export function helpForText(node: YamlNode): string {
  return node.kind === "map" && !node.flow
    ? 'Put the text in quotes: without them ": " makes it a map.'
    : 'Put the text in quotes: without them "[" and "{" start a list or a map.';
}
