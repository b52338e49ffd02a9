import { didYouMean, nearNames } from "../../diagnostics/suggest.ts";
import { renameToNear, replaceBy } from "../../diagnostics/text-fixes.ts";
import type { Reference } from "../../model/reference.ts";
import type { Span } from "../../source/span.ts";
import { foreignReference } from "./foreign-contexts.ts";
import {
  longestName,
  parseReference,
  REFERENCE_NAMESPACES,
  type ReferenceNamespace,
  type SplitKey,
} from "./parse-reference.ts";
import type { ReferenceContext } from "./reference-context.ts";

/** A placeholder found in a text: `reference` is absent where the text stays as it is (what is wrong was reported). */
export interface Placeholder {
  readonly end: number;
  readonly reference: Reference | undefined;
}

/**
 * Reads the placeholder that starts at `index`, in any of its spellings: `${{ … }}`, `${…}` or `((key))`. `undefined`
 * where none starts, or where it belongs to the shell (`${HOME}`, `${URL:-http://x}`, `$((n+1))`).
 */
export function readPlaceholder(
  text: string,
  index: number,
  context: ReferenceContext,
  splitKey: SplitKey,
): Placeholder | undefined {
  if (text.startsWith("${{", index)) return readDoubleBrace(text, index, context, splitKey);
  if (text.startsWith("${", index)) return readSingleBrace(text, index, context, splitKey);
  if (text.startsWith("((", index)) return readConfig(text, index, context);
  return undefined;
}

function readDoubleBrace(
  text: string,
  index: number,
  context: ReferenceContext,
  splitKey: SplitKey,
): Placeholder | undefined {
  const end = closingBraces(text, index);
  if (end === undefined) {
    // In an expression '${{' may be meant as text; outside quotes the parser reports it.
    if (context.language === "expression") return undefined;
    context.collector.report("read/unclosed-placeholder", context.spanOf(index, index + 3), {});
    return { end: index + 3, reference: undefined };
  }
  const inner = text.slice(index + 3, end - 2);
  const path = inner.trim();
  const span = context.spanOf(index, end);
  const { collector, names } = context;
  if (path === "") {
    collector.report("read/empty-placeholder", span, {});
    return { end, reference: undefined };
  }
  const namespace = namespaceOf(path);
  if (!namespace) {
    reportUnknownPlaceholder(path, span, context);
    return { end, reference: undefined };
  }
  const target = path.slice(namespace.length + 1);
  if (/\s/.test(target.replace(/\$\{\{.*\}\}/s, "")) && longestName(target, names.namespaces) === undefined) {
    if (OPERATION.test(target)) collector.report("read/expression-in-value", span, { text: path });
    else collector.report("read/space-in-reference", span, { path });
    return { end, reference: undefined };
  }
  if (inner !== ` ${path} `) {
    const fixes = [replaceBy("Put one space on each side", span, `\${{ ${path} }}`)];
    collector.report("read/placeholder-spacing", span, { path }, { fixes });
  }
  const at = { path, index: index + 3 + inner.indexOf(path), span };
  return { end, reference: parseReference(namespace, at, context, splitKey) };
}

/** What computes something: an operator between blanks. */
const OPERATION = /\s([|&=!<>?:+*/%-]|==|!=|[<>]=|&&|\|\||\?\?|=~|!~|in)\s/;

/** Index behind the `}}` that closes the `${{` at `index`; placeholders nest (`${{ configs.${{ configs.k }} }}`). */
function closingBraces(text: string, index: number): number | undefined {
  let open = 0;
  const limit = Math.min(text.length, index + MAX_PLACEHOLDER);
  for (let place = index; place < limit; ) {
    if (text.startsWith("${{", place)) {
      open++;
      place += 3;
    } else if (text.startsWith("}}", place)) {
      open--;
      place += 2;
      if (open === 0) return place;
    } else if (text[place] === "\n") return undefined;
    else place++;
  }
  return undefined;
}

function readSingleBrace(
  text: string,
  index: number,
  context: ReferenceContext,
  splitKey: SplitKey,
): Placeholder | undefined {
  const match = /^\$\{([^{}\n]+)\}/.exec(text.slice(index, index + MAX_PLACEHOLDER));
  const path = match?.[1];
  if (match === null || path === undefined) return undefined;
  if (context.language === "commands" && text[index - 1] === "\\") return undefined;
  const { collector, names } = context;
  const end = index + match[0].length;
  const span = context.spanOf(index, end);
  const namespace = namespaceOf(path);
  if (namespace === "outputs" || namespace === "dirs" || namespace === "params") {
    const target = path.slice(namespace.length + 1);
    if (/\s/.test(target) && longestName(target, names.namespaces) === undefined) return undefined;
    return { end, reference: parseReference(namespace, { path, index: index + 2, span }, context, splitKey) };
  }
  if (namespace) {
    const fixes = [replaceBy("Write two braces", span, `\${{ ${path} }}`)];
    collector.report("read/single-brace", span, { path }, { fixes });
    return { end, reference: undefined };
  }
  if (names.namespaces.has(path)) return { end, reference: { kind: "dir", namespace: path, span } };
  if (path.includes(":")) {
    const legacy = readLegacyOutput(path, context);
    if (legacy === "malformed") collector.report("read/bad-legacy-reference", span, { text: match[0] });
    if (legacy === "malformed") return { end, reference: undefined };
    if (legacy) return { end, reference: { kind: "output", ...legacy, span } };
    return undefined;
  }
  // No variable of a shell has a dot.
  if (/^[\w-]+(\.[\w-]+)+$/.test(path) && reportOutputOfAlias(path, span, context))
    return { end, reference: undefined };
  warnAboutNearAlias(path, span, context);
  return undefined;
}

/** Longest placeholder that is looked at: an alias of 300 characters and an output's name of 128 fit. */
const MAX_PLACEHOLDER = 2048;

/** `${alias:OUTPUT:key}`; the key may hold dots and colons. A shell default after a name of ours stays the shell's. */
function readLegacyOutput(
  path: string,
  { names }: ReferenceContext,
): { action: string; output: string } | "malformed" | undefined {
  const operation = path.indexOf(":OUTPUT:");
  if (operation > 0) {
    const action = path.slice(0, operation);
    const output = path.slice(operation + ":OUTPUT:".length);
    if (names.aliases.has(action) || /^[^\s<>"'$]+$/.test(action))
      return output === "" ? "malformed" : { action, output };
    return undefined;
  }
  const [first = "", ...others] = path.split(":");
  if (!names.aliases.has(first)) return undefined;
  const isShellForm = /^\w+$/.test(first) && /^([-=+?]|\s*-?\d|\s+-)/.test(others.join(":"));
  return isShellForm ? undefined : "malformed";
}

function readConfig(text: string, index: number, context: ReferenceContext): Placeholder | undefined {
  const match = /^\(\(([a-zA-Z_][.a-zA-Z0-9_-]*)\)\)/.exec(text.slice(index, index + MAX_PLACEHOLDER));
  const key = match?.[1];
  if (match === null || key === undefined) return undefined;
  // Arithmetic of the shell: $((count)), ((count--)).
  if (context.language === "commands" && (text[index - 1] === "$" || key.endsWith("-"))) return undefined;
  const end = index + match[0].length;
  const keySpan = context.spanOf(index + 2, end - 2);
  return { end, reference: { kind: "config", key: { parts: [key], span: keySpan }, span: context.spanOf(index, end) } };
}

function namespaceOf(path: string): ReferenceNamespace | undefined {
  return REFERENCE_NAMESPACES.find((namespace) => path.startsWith(`${namespace}.`));
}

function reportUnknownPlaceholder(path: string, span: Span, context: ReferenceContext): void {
  const { collector } = context;
  const word = path.replace(/\..*$/s, "");
  if (word === "triggers") {
    collector.report("read/no-effect-yet", span, { key: path });
    return;
  }
  if (!/^[\w-]+(\.\S*)?$/.test(path)) {
    collector.report("read/expression-in-value", span, { text: path });
    return;
  }
  if (reportOutputOfAlias(path, span, context)) return;
  const foreign = foreignReference(path);
  if (foreign) {
    const fixes = foreign.path ? [replaceBy(`Write "${foreign.path}"`, span, `\${{ ${foreign.path} }}`)] : [];
    collector.report("read/misspelled-reference", span, { path }, { help: foreign.help, fixes });
    return;
  }
  const help = didYouMean(word, REFERENCE_NAMESPACES);
  if (help && path.includes(".")) {
    const fixes = renameToNear(collector.file, span, word, REFERENCE_NAMESPACES, ["{ ", "{"]);
    collector.report("read/misspelled-reference", span, { path }, { help, fixes });
    return;
  }
  collector.report("read/unknown-placeholder", span, { path });
}

/** `build.version` or `build.outputs.version`, where `build` is an action: its output is meant. */
function reportOutputOfAlias(path: string, span: Span, { collector, names }: ReferenceContext): boolean {
  const alias = longestName(path, names.aliases);
  const output = alias === undefined ? "" : path.slice(alias.length + 1).replace(/^outputs?\./, "");
  if (output === "") return false;
  const right = `\${{ outputs.${alias}.${output} }}`;
  const extras = { help: `Write "${right}".`, fixes: [replaceBy(`Write "${right}"`, span, right)] };
  collector.report("read/misspelled-reference", span, { path }, extras);
  return true;
}

/** `${git-checkot}`: to a shell it is the variable `git` with the default `checkot`, which nobody means. */
function warnAboutNearAlias(path: string, span: Span, context: ReferenceContext): void {
  const mayBeShell = context.language === "commands" ? /^\w+$/.test(path) : /^[A-Z_][A-Z0-9_]*$/.test(path);
  if (mayBeShell || !/^[^\s:]+$/.test(path)) return;
  const { collector, names } = context;
  const [near] = nearNames(path, names.namespaces);
  // No shell reads a value, so a name with dashes is nobody's variable there.
  if (!near && (context.language !== "value" || !/^[a-z]\w*(-\w+)+$/.test(path))) return;
  const help = near ? undefined : `Directories of this pipeline are ${[...names.namespaces].slice(0, 10).join(", ")}.`;
  const fixes = renameToNear(collector.file, span, path, names.namespaces, ["${"]);
  collector.report("read/looks-like-alias", span, { text: path, near: near ?? "" }, { help, fixes });
}
