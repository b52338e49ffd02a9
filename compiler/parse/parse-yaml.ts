import { Composer, type Document, type ErrorCode, Parser, visit } from "yaml";
import { createDiagnosticCollector, type DiagnosticCollector } from "../diagnostics/collector.ts";
import { InternalCompilerError } from "../internal-compiler-error.ts";
import type { PhaseResult } from "../phase-result.ts";
import type { SourceFile } from "../source/source-file.ts";
import { buildTree, MOST_VALUES, nameOfKind } from "./build-tree.ts";
import { readSimpleYaml } from "./simple-yaml/read-simple-yaml.ts";
import { DEEPEST_NESTING, reportSyntaxErrors } from "./syntax-errors.ts";
import type { YamlDocument, YamlNode } from "./tree.ts";

/** Errors inside one scalar or before the document: everything else can be read as it stands. */
const LEAVES_STRUCTURE: ReadonlySet<ErrorCode> = new Set([
  "BAD_DIRECTIVE",
  "BAD_DQ_ESCAPE",
  "BAD_PROP_ORDER",
  "BAD_SCALAR_START",
  "MULTIPLE_ANCHORS",
  "MULTIPLE_TAGS",
]);

/** Characters of a file. A definition of 1 MB is the most that Step Functions takes. */
const LONGEST_FILE = 1_048_576;

/**
 * Parses the first YAML document of a file, as Erda does (reference/erda.md 1.3). `value` is absent when the text is
 * no YAML or its top is not a map; a duplicate key, an unknown anchor or a wrong escape is an error, but leaves a value.
 * Never throws, whatever the text is.
 */
export function parseYaml(file: SourceFile): PhaseResult<YamlDocument> {
  const collector = createDiagnosticCollector(file);
  const root = parseRoot(file, collector);
  return root ? { value: { file, root }, diagnostics: collector.diagnostics } : { diagnostics: collector.diagnostics };
}

function parseRoot(file: SourceFile, collector: DiagnosticCollector): YamlNode | undefined {
  const { text } = file;
  const nothing = { start: 0, end: 0 };
  const nul = text.indexOf("\0");
  if (nul !== -1) {
    collector.report("parse/not-text", { start: nul, end: nul + 1 }, {});
    return undefined;
  }
  if (text.length > LONGEST_FILE) {
    collector.report("parse/too-large", nothing, { size: text.length, limit: LONGEST_FILE });
    return undefined;
  }
  return readSimpleYaml(text, { depth: DEEPEST_NESTING, nodes: MOST_VALUES }) ?? parseAnyYaml(text, collector);
}

/** Whatever the text is, by the YAML library. */
export function parseAnyYaml(text: string, collector: DiagnosticCollector): YamlNode | undefined {
  const nothing = { start: 0, end: 0 };
  const document = composeFirst(text);
  // Unknown tags are warned about in build-tree.ts; a line that starts with "%" is no mere warning to Erda.
  const errors = [...document.errors, ...document.warnings.filter(({ code }) => code === "BAD_DIRECTIVE")];
  reportSyntaxErrors(errors, collector, (offset) => startOfQuoted(document, offset));
  if (errors.some(({ code }) => !LEAVES_STRUCTURE.has(code))) return undefined;
  const tree = document.contents ? buildTree(document.contents, collector) : undefined;
  if (!tree) {
    if (collector.diagnostics.length === 0) collector.report("parse/empty-file", nothing, {});
    return undefined;
  }
  if (tree.kind === "map") return tree;
  // Neither would be said of a file whose other mistakes are gone.
  if (errors.length > 0) return undefined;
  if (tree.kind === "scalar" && tree.value === null) collector.report("parse/empty-file", nothing, {});
  else collector.report("parse/not-a-map", tree.span, { found: nameOfKind(tree) }, { help: helpForMissingColon(tree) });
  return undefined;
}

/**
 * Composes only the first document, so mistakes in later ones do not matter. The library composes recursively, and
 * reports what is nested too deeply for that.
 */
function composeFirst(text: string): Document.Parsed {
  // A lone carriage return ends a line in Erda; the exchange keeps every offset.
  const normal = text.replace(/\r(?!\n)/g, "\n");
  const composer = new Composer({
    // Every scalar stays text: what it means is decided in scalar-meaning.ts.
    schema: "failsafe",
    // Reported in build-tree.ts, with both places.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  const [document] = composer.compose(new Parser().parse(normal), true, normal.length);
  if (!document) throw new InternalCompilerError("There is a document even in an empty file.");
  return document;
}

/** Where the last text in quotes begins that reaches to an offset. */
function startOfQuoted(document: Document.Parsed, offset: number): number | undefined {
  let found: number | undefined;
  visit(document, {
    Scalar(_, { range, type }) {
      if (type !== "QUOTE_DOUBLE" && type !== "QUOTE_SINGLE") return;
      if (!range) throw new InternalCompilerError("A node that was parsed stands nowhere.");
      const [start, , end] = range;
      if (start < offset && offset <= end) found = start;
    },
  });
  return found;
}

/** `stages` without its colon makes one long text of all that stands below. */
function helpForMissingColon(tree: YamlNode): string | undefined {
  const [, word] = tree.kind === "scalar" ? (/^([a-z_]+)\s/.exec(tree.text) ?? []) : [];
  return word === undefined ? undefined : `Put a colon behind "${word}", if it is a key.`;
}
