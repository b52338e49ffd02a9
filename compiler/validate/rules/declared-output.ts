import { didYouMean } from "../../diagnostics/suggest.ts";
import { renameToNear } from "../../diagnostics/text-fixes.ts";
import type { Action } from "../../model/pipeline.ts";
import type { Reference } from "../../model/reference.ts";
import type { Rule } from "../rule-context.ts";

/**
 * An output that is referred to is declared by its action's type. An action with commands may put out more: what its
 * script mentions is believed. Where neither tells, it is a warning, one for all uses of the output.
 */
export const declaredOutput: Rule = ({ byAlias, collector, references }) => {
  const unchecked = new Map<string, Unchecked>();
  for (const { from, reference } of references) {
    if (reference.kind !== "output") continue;
    const target = byAlias.get(reference.action);
    // What an unknown type puts out is not known either, and the type was reported.
    if (!target?.type || target.action.disabled) continue;
    // A reference that stands too early was reported as such; a loop's break about its own action is judged at run time.
    if (from && target.stage >= from.stage) continue;
    const { name: type, outputs } = target.type;
    const { output, span } = reference;
    const names = outputs?.map(({ name }) => name) ?? [];
    if (names.includes(output) || mentions(target.action, output)) continue;
    if (!outputs || target.action.commands) {
      const key = `${reference.action}\n${output}`;
      const earlier = unchecked.get(key);
      if (earlier) earlier.others.push(reference);
      else unchecked.set(key, { first: reference, others: [], names: [...names, ...visibleOutputs(target.action)] });
      continue;
    }
    const help = didYouMean(output, names) ?? `Its outputs are ${names.join(", ") || "none"}.`;
    const fixes = renameToNear(collector.file, span, output, names, [".", ":"]);
    collector.report("validate/undeclared-output", span, { type, output }, { help, fixes });
  }
  for (const { first, names, others } of unchecked.values()) {
    const { action, output, span } = first;
    const related = others
      .slice(0, MOST_RELATED)
      .map((other) => ({ message: "It is used here, too.", span: other.span }));
    const help = didYouMean(output, names);
    const fixes = renameToNear(collector.file, span, output, names, [".", ":"]);
    collector.report("validate/output-not-checked", span, { action, output }, { help, related, fixes });
  }
};

type OutputReference = Extract<Reference, { readonly kind: "output" }>;

/** An output that neither the type nor the commands of its action tell of. */
interface Unchecked {
  readonly first: OutputReference;
  readonly others: OutputReference[];
  /** What they do tell of. */
  readonly names: readonly string[];
}

/** Names that the commands visibly put out: `echo "version=1" >> "$METAFILE"`, `echo "action meta: version=1"`. */
function visibleOutputs({ commands }: Action): readonly string[] {
  const script = commands?.parts.map((part) => (typeof part === "string" ? part : "")).join("") ?? "";
  const lines = script.split("\n").filter((line) => line.includes("METAFILE") || line.includes("action meta:"));
  return lines.flatMap((line) => [...line.matchAll(/(?<![$\w.-])[A-Za-z_][\w.-]*(?==)/g)].map(([name]) => name));
}

const IN_WORD = /[\p{L}\p{N}_]/u;

/** Further uses that are shown. */
const MOST_RELATED = 5;

function mentions({ commands }: Action, output: string): boolean {
  return commands?.parts.some((part) => typeof part === "string" && holdsWord(part, output)) ?? false;
}

/** Whether a word stands in a text, not only as a part of another: `k` is no word of `make`. */
function holdsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!IN_WORD.test(text.charAt(at - 1)) && !IN_WORD.test(text.charAt(at + word.length))) return true;
  }
  return false;
}
