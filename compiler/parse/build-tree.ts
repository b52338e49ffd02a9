import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from "yaml";
import type { DiagnosticCollector } from "../diagnostics/collector.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import { quoteToLineEnd, replaceBy } from "../diagnostics/text-fixes.ts";
import { InternalCompilerError } from "../internal-compiler-error.ts";
import type { Span } from "../source/span.ts";
import { KEYS_OF_CODE, reportMarkerBeforeText } from "./marker-before-text.ts";
import { meaningOfPlain } from "./scalar-meaning.ts";
import { DEEPEST_NESTING, reportTooDeep } from "./syntax-errors.ts";
import type { ScalarStyle, YamlEntry, YamlMap, YamlNode, YamlScalar } from "./tree.ts";

/** Values after aliases are followed; 1 MB of YAML without aliases stays below it. */
export const MOST_VALUES = 500_000;
const MOST_ALIAS_VALUES = 20_000;
/** A long text counts as several values, so that 20,000 aliases of one do not make gigabytes of a plan. */
const CHARACTERS_OF_A_VALUE = 1000;

interface Build {
  readonly collector: DiagnosticCollector;
  readonly anchors: Map<string, Node>;
  /** Nodes that are being built: an alias to one of them contains itself. */
  readonly open: Set<Node>;
  values: number;
  aliasValues: number;
  /** How many aliases the builder stands in. */
  aliasDepth: number;
  /** Whether texts are code here: what runs, or is judged. */
  inCode: boolean;
  stopped: boolean;
}

/**
 * Turns the library's nodes into our own tree: anchors and merge keys are resolved, duplicate keys reported with both
 * places, and growth by aliases and nesting is bounded. `undefined` when a bound was passed.
 */
export function buildTree(root: Node, collector: DiagnosticCollector): YamlNode | undefined {
  const build: Build = {
    collector,
    anchors: new Map(),
    open: new Set(),
    values: 0,
    aliasValues: 0,
    aliasDepth: 0,
    inCode: false,
    stopped: false,
  };
  const tree = buildNode(root, build, 0);
  return build.stopped ? undefined : tree;
}

function buildNode(node: Node, build: Build, depth: number): YamlNode {
  const span = spanOf(node);
  if (build.stopped) return nothingAt(span);
  build.values++;
  if (build.aliasDepth > 0) build.aliasValues++;
  if (build.values > MOST_VALUES || build.aliasValues > MOST_ALIAS_VALUES) {
    build.stopped = true;
    build.collector.report("parse/too-many-aliases", span, { limit: MOST_ALIAS_VALUES });
    return nothingAt(span);
  }
  if (depth > DEEPEST_NESTING) {
    build.stopped = true;
    reportTooDeep(build.collector, { start: span.start, end: Math.min(span.end, span.start + 1) });
    return nothingAt(span);
  }
  if (isAlias(node)) return followAlias(node.source, span, build, depth);
  if ("anchor" in node && node.anchor) build.anchors.set(node.anchor, node);
  if (isScalar(node)) return buildScalar(node, span, build);
  build.open.add(node);
  const built = isMap(node)
    ? buildMap(node, span, build, depth)
    : {
        kind: "list" as const,
        items: node.items.map((item) => buildChild(item, span.start, build, depth)),
        flow: node.flow === true,
        span,
      };
  build.open.delete(node);
  return built;
}

function buildChild(child: unknown, offset: number, build: Build, depth: number): YamlNode {
  return isNode(child) ? buildNode(child, build, depth + 1) : nothingAt({ start: offset, end: offset });
}

function followAlias(name: string, span: Span, build: Build, depth: number): YamlNode {
  const target = build.anchors.get(name);
  if (!target) {
    // "*.txt" is a pattern of the shell; "*shop" may be an anchor that was forgotten.
    const fixes = build.inCode || /[^\w-]/.test(name) ? quoteWholeLine(build.collector, span) : [];
    build.collector.report("parse/unknown-alias", span, { name }, { fixes });
    return nothingAt(span);
  }
  if (build.open.has(target)) {
    build.collector.report("parse/recursive-alias", span, { name });
    return nothingAt(span);
  }
  build.aliasDepth++;
  const built = buildNode(target, build, depth);
  build.aliasDepth--;
  return built;
}

/** Quotes what ends its line. */
function quoteWholeLine({ file }: DiagnosticCollector, { end, start }: Span): readonly Fix[] {
  return /^[ \t]*(?:[\r\n]|$)/.test(file.text.slice(end, end + 80)) ? quoteToLineEnd(file, start) : [];
}

function buildMap(map: YAMLMap, span: Span, build: Build, depth: number): YamlMap {
  const own = new Map<string, YamlEntry>();
  const merged = new Map<string, YamlEntry>();
  for (const pair of map.items) {
    const key = keyOf(pair, span, build, depth);
    if (!key) continue;
    const outside = build.inCode;
    build.inCode ||= KEYS_OF_CODE.has(key.text);
    const value = buildChild(pair.value, key.span.end, build, depth);
    build.inCode = outside;
    if (build.stopped) break;
    if (key.text === "<<" && key.style === "plain") {
      mergeInto(merged, value, build);
      continue;
    }
    const earlier = own.get(key.text);
    if (earlier) {
      const related = [{ message: `"${key.text}" stands here first.`, span: earlier.keySpan }];
      build.collector.report("parse/duplicate-key", key.span, { key: key.text }, { related });
      continue;
    }
    own.set(key.text, { key: key.text, keySpan: key.span, value, merged: false });
  }
  const inherited = [...merged.values()].filter(({ key }) => !own.has(key));
  return { kind: "map", entries: [...own.values(), ...inherited], flow: map.flow === true, span };
}

function mergeInto(merged: Map<string, YamlEntry>, value: YamlNode, build: Build): void {
  for (const source of value.kind === "list" ? value.items : [value]) {
    if (source.kind !== "map") {
      build.collector.report("parse/bad-merge-key", source.span, { found: nameOfKind(source) });
      continue;
    }
    for (const entry of source.entries) {
      if (!merged.has(entry.key)) merged.set(entry.key, { ...entry, merged: true });
    }
  }
}

function keyOf(pair: Pair, mapSpan: Span, build: Build, depth: number): YamlScalar | undefined {
  const key = buildChild(pair.key, mapSpan.start, build, depth);
  if (key.kind === "scalar") return key;
  if (!build.stopped) build.collector.report("parse/key-not-text", key.span, { found: nameOfKind(key) });
  return undefined;
}

function buildScalar(node: Scalar, span: Span, build: Build): YamlScalar {
  const style = STYLES.get(node.type) ?? "plain";
  const text = String(node.value);
  if (build.aliasDepth > 0) build.aliasValues += Math.floor(text.length / CHARACTERS_OF_A_VALUE);
  const tag = node.tag === undefined ? undefined : STANDARD_TAGS.get(node.tag);
  const means = style === "plain" ? tag !== "text" : tag === "meaning";
  const scalar: YamlScalar = { kind: "scalar", value: means ? meaningOfPlain(text) : text, text, style, span };
  checkMarkers(node, scalar, build);
  return scalar;
}

/** What an alias repeats was looked at where it is written. */
function checkMarkers({ anchor, tag }: Scalar, scalar: YamlScalar, { aliasDepth, collector, inCode }: Build): void {
  const { span } = scalar;
  if (aliasDepth > 0) return;
  if (inCode && tag !== undefined && !LONG_TAG.test(tag) && reportMarkerBeforeText(scalar, "tag", tag, collector))
    return;
  if (inCode && anchor && reportMarkerBeforeText(scalar, "anchor", anchor, collector)) return;
  if (tag === undefined || STANDARD_TAGS.has(tag)) return;
  collector.report("parse/unknown-tag", span, { tag }, { fixes: removeTag(collector, tag, span) });
}

/** `!!str` and its kin, which nobody writes by mistake. */
const LONG_TAG = /^tag:/;

/** The tag stands right before the scalar. */
function removeTag(collector: DiagnosticCollector, tag: string, { start }: Span): readonly Fix[] {
  const before = collector.file.text.slice(0, start);
  const from = before.trimEnd().length - tag.length;
  return before.startsWith(tag, from) ? [replaceBy("Remove the tag", { start: from, end: start }, "")] : [];
}

const STYLES: ReadonlyMap<string | undefined, ScalarStyle> = new Map([
  ["QUOTE_SINGLE", "single"],
  ["QUOTE_DOUBLE", "double"],
  ["BLOCK_LITERAL", "literal"],
  ["BLOCK_FOLDED", "folded"],
]);

const STANDARD_TAGS: ReadonlyMap<string, "text" | "meaning"> = new Map([
  ["!", "text"],
  ["tag:yaml.org,2002:str", "text"],
  ["tag:yaml.org,2002:int", "meaning"],
  ["tag:yaml.org,2002:float", "meaning"],
  ["tag:yaml.org,2002:bool", "meaning"],
  ["tag:yaml.org,2002:null", "meaning"],
]);

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}

function spanOf(node: Node): Span {
  if (!node.range) throw new InternalCompilerError("A node that was parsed stands nowhere.");
  const [start, end] = node.range;
  return { start, end };
}

function nothingAt(span: Span): YamlScalar {
  return { kind: "scalar", value: null, text: "", style: "plain", span };
}

/** How messages call a node: `a list`, `a map`, `the number 3`. */
export function nameOfKind(node: YamlNode): string {
  if (node.kind === "list") return "a list";
  if (node.kind === "map") return "a map";
  if (node.value === null) return "nothing";
  if (typeof node.value === "string") return `the text "${node.text}"`;
  return typeof node.value === "number" ? `the number ${node.text}` : `"${node.text}"`;
}
