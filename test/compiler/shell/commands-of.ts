import type { CommandReference, Commands } from "../../../compiler/model/pipeline.ts";
import type { Reference } from "../../../compiler/model/reference.ts";

/** Cuts a script at `${{ outputs.a.k }}`, `${outputs.a.k}` and `${dirs.a}`, as the reader does. */
export function commandsOf(script: string): Commands {
  const pattern = /\$\{\{ (outputs|random|dirs)\.([^{}\s]+) \}\}|\$\{(outputs|dirs)\.([^{}]+)\}/g;
  const parts: (string | CommandReference)[] = [];
  let last = 0;
  for (const match of script.matchAll(pattern)) {
    const span = { start: match.index, end: match.index + match[0].length };
    if (match.index > last) parts.push(script.slice(last, match.index));
    parts.push({
      reference: referenceOf(match[1] ?? match[3] ?? "", match[2] ?? match[4] ?? "", span),
      text: match[0],
      style: "literal",
    });
    last = span.end;
  }
  if (last < script.length) parts.push(script.slice(last));
  return { parts, span: { start: 0, end: script.length } };
}

function referenceOf(kind: string, rest: string, span: { start: number; end: number }): Reference {
  const [first = "", second = "", modifier] = rest.split(".");
  if (kind === "random") return { kind: "random", type: first, span };
  if (kind === "dirs") return { kind: "dir", namespace: first, span };
  const output: Reference = { kind: "output", action: first, output: second, span };
  return modifier === "escape" ? { ...output, modifier } : output;
}
