import { didYouMean } from "../../diagnostics/suggest.ts";
import { renameToNear } from "../../diagnostics/text-fixes.ts";
import { REFERENCE_MODIFIERS, type Reference, type ReferenceModifier } from "../../model/reference.ts";
import type { Span } from "../../source/span.ts";
import { decodeBase64 } from "./base64.ts";
import { isRandomType, RANDOM_TYPES } from "./random-types.ts";
import type { ReferenceContext } from "./reference-context.ts";

/** First words of a reference: `outputs.build.version`. */
export const REFERENCE_NAMESPACES = ["outputs", "dirs", "params", "configs", "random", "base64-decode"] as const;

/** First word of a reference: `outputs` in `outputs.build.version`. */
export type ReferenceNamespace = (typeof REFERENCE_NAMESPACES)[number];

/** What stands between the braces, with the place of the whole placeholder. */
export interface ReferencePath {
  readonly path: string;
  /** Index of `path` in the text that `ReferenceContext.spanOf` counts in. */
  readonly index: number;
  readonly span: Span;
}

/** Cuts the key of a config reference, which may hold references itself. */
export type SplitKey = (text: string, context: ReferenceContext) => readonly (string | Reference)[];

/**
 * Reads `outputs.<alias>.<key>`, `dirs.<namespace>`, `params.<name>`, `configs.<key>`, `random.<type>` or
 * `base64-decode.<text>`, each with an optional modifier at its end. `undefined` when it is none of them, or wrong; then
 * the mistake is reported.
 */
export function parseReference(
  namespace: ReferenceNamespace,
  { path, index, span }: ReferencePath,
  context: ReferenceContext,
  splitKey: SplitKey,
): Reference | undefined {
  const rest = path.slice(namespace.length + 1);
  switch (namespace) {
    case "outputs":
      return parseOutput(rest, span, context);
    case "dirs": {
      const { name, modifier } = splitModifier(rest, context.names.namespaces);
      return { kind: "dir", namespace: name, ...modifier, span };
    }
    case "params": {
      const { name, modifier } = splitModifier(rest, context.names.params);
      return { kind: "param", name, ...modifier, span };
    }
    case "configs": {
      const { name, modifier } = splitModifier(rest, NO_NAMES);
      const start = index + namespace.length + 1;
      const shifted = { ...context, spanOf: (from: number, to: number) => context.spanOf(start + from, start + to) };
      const key = { parts: splitKey(name, shifted), span: shifted.spanOf(0, name.length) };
      return { kind: "config", key, ...modifier, span };
    }
    case "random": {
      const { name, modifier } = splitModifier(rest, NO_NAMES);
      if (!isRandomType(name)) {
        const { collector } = context;
        const fixes = renameToNear(collector.file, span, name, RANDOM_TYPES, ["random."]);
        const help = didYouMean(name, RANDOM_TYPES);
        collector.report("read/unknown-random-type", span, { type: name }, { help, fixes });
        return undefined;
      }
      return { kind: "random", type: name, ...modifier, span };
    }
    case "base64-decode": {
      const { name, modifier } = splitModifier(rest, NO_NAMES);
      if (decodeBase64(name) === undefined) {
        context.collector.report("read/bad-base64", span, { text: name });
        return undefined;
      }
      return { kind: "base64-decode", text: name, ...modifier, span };
    }
  }
}

const NO_NAMES: ReadonlySet<string> = new Set();

/** An alias may hold dots and spaces, so the longest alias that the text starts with wins. */
function parseOutput(rest: string, span: Span, { names, collector }: ReferenceContext): Reference | undefined {
  const action = longestName(rest, names.aliases) ?? rest.replace(/\..*$/s, "");
  const path = rest.slice(action.length + 1);
  if (action === "" || path === "") {
    collector.report("read/output-without-key", span, { action: action || "<alias>" });
    return undefined;
  }
  const [key = path, ...more] = path.split(".");
  const last = more.at(-1);
  if (last === undefined) return { kind: "output", action, output: key, span };
  const modifier = modifierNamed(last);
  if (modifier) return { kind: "output", action, output: [key, ...more.slice(0, -1)].join("."), modifier, span };
  const help =
    didYouMean(last, REFERENCE_MODIFIERS) ?? `For an output whose name has a dot write "\${${action}:OUTPUT:${path}}".`;
  const fixes = renameToNear(collector.file, span, last, REFERENCE_MODIFIERS, ["."]);
  collector.report("read/unknown-modifier", span, { modifier: more.join("."), key }, { help, fixes });
  return { kind: "output", action, output: key, span };
}

/** The longest of the names that the text is, or begins with before a dot. */
export function longestName(text: string, names: ReadonlySet<string>): string | undefined {
  for (let end = text.length; end > 0; end = text.lastIndexOf(".", end - 1)) {
    const name = text.slice(0, end);
    if (names.has(name)) return name;
  }
  return undefined;
}

function splitModifier(
  rest: string,
  known: ReadonlySet<string>,
): { name: string; modifier?: { modifier: ReferenceModifier } } {
  if (known.has(rest)) return { name: rest };
  const dot = rest.lastIndexOf(".");
  const modifier = dot > 0 ? modifierNamed(rest.slice(dot + 1)) : undefined;
  return modifier ? { name: rest.slice(0, dot), modifier: { modifier } } : { name: rest };
}

function modifierNamed(name: string): ReferenceModifier | undefined {
  return REFERENCE_MODIFIERS.find((modifier) => modifier === name);
}
