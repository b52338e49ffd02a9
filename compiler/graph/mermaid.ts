import { assertNever } from "../assert-never.ts";
import type { DiagramAction, DiagramEdge, PipelineDiagram } from "./pipeline-diagram.ts";

/** Longest text of the user's in a box or at an arrow; a diagram is looked at, not read. */
const LONGEST_TEXT = 60;

/**
 * A diagram as a mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html): stages are frames, actions boxes, and
 * thick arrows the order. An action with an `if` is a hexagon, a wait has round ends, a disabled one dashes. Nothing of
 * the user's stands outside quotes, and inside them only letters, digits and few signs stand as they are.
 */
export function diagramToMermaid(diagram: PipelineDiagram): string {
  const ids = new Map(diagram.actions.map(({ key }, index) => [key, `a${index + 1}`]));
  const stages = new Set(diagram.actions.map(({ stage }) => stage));
  const lines = ["flowchart TD"];
  for (const number of stages) {
    lines.push(`  subgraph s${number}["stage ${number}"]`);
    for (const action of diagram.actions) {
      if (action.stage === number) lines.push(`    ${ids.get(action.key)}${boxOf(action)}`);
    }
    lines.push("  end");
  }
  for (const edge of diagram.edges) lines.push(`  ${arrowOf(edge, ids)}`);
  const failures = diagram.edges.flatMap(({ kind }, index) => (kind === "failure" ? [index] : []));
  if (failures.length > 0) lines.push(`  linkStyle ${failures.join(",")} stroke:red`);
  const disabled = diagram.actions.filter((action) => action.disabled).map(({ key }) => ids.get(key));
  if (disabled.length > 0) {
    lines.push("  classDef disabled stroke-dasharray:4", `  class ${disabled.join(",")} disabled`);
  }
  return `${lines.join("\n")}\n`;
}

function boxOf(action: DiagramAction): string {
  const { alias, disabled, if: condition, loop, retry, type, wait } = action;
  const lines = [
    escaped(alias),
    escaped(wait ? `${type} ${wait.seconds ?? "…"} s` : type),
    ...(condition === undefined ? [] : [`if ${escaped(withoutBraces(condition))}`]),
    ...(loop ? [`again until ${escaped(loop.until)}, ${timesText(loop.maxTimes)}`] : []),
    ...(retry ? [`again after a failure, ${timesText(retry.maxTimes)}`] : []),
    ...(disabled ? ["disabled"] : []),
  ];
  const label = `"${lines.join("<br/>")}"`;
  if (condition !== undefined) return `{{${label}}}`;
  return wait ? `([${label}])` : `[${label}]`;
}

function timesText(maxTimes: number): string {
  if (maxTimes < 0) return "without limit";
  return maxTimes === 1 ? "once" : `at most ${maxTimes} times`;
}

function arrowOf(edge: DiagramEdge, ids: ReadonlyMap<string, string>): string {
  switch (edge.kind) {
    case "next":
      return `s${edge.from} ==> s${edge.to}`;
    case "failure":
      return `s${edge.from} -->|"on failure"| s${edge.to}`;
    case "value":
      return `${ids.get(edge.from)} -->|"${escaped(edge.names.join(", "))}"| ${ids.get(edge.to)}`;
    case "file":
      return `${ids.get(edge.from)} -.->|"${escaped(edge.names.map((name) => `${name}/`).join(", "))}"| ${ids.get(edge.to)}`;
    /* v8 ignore next -- @preserve */
    default:
      return assertNever(edge);
  }
}

/** `${{ 1 == 1 }}` without the braces around the whole, which say nothing; `${{ a }} == ${{ b }}` as it is. */
function withoutBraces(condition: string): string {
  const inner = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(condition)?.[1];
  if (inner === undefined) return condition;
  const closesMore = /\}\}/.test(inner.replace(/\$\{\{[^{}]*\}\}/g, ""));
  return closesMore ? condition : inner;
}

/**
 * Letters, digits, blanks and commas as they are, dots and dashes inside a word too; at its edge they would be a list to
 * Markdown. Everything else is mermaid's `#<code point>;`, what is invisible a blank.
 */
function escaped(text: string): string {
  const characters = [...text.replace(/[\p{C}\s]+/gu, " ").trim()];
  const shown = characters.length > LONGEST_TEXT ? [...characters.slice(0, LONGEST_TEXT - 1), "…"] : characters;
  const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);
  return shown
    .map((character, index) => {
      const isInside = /[._-]/.test(character) && isWord(shown[index - 1]) && isWord(shown[index + 1]);
      const stays = isWord(character) || isInside || character === " " || character === ",";
      return stays ? character : `#${character.codePointAt(0)};`;
    })
    .join("");
}
