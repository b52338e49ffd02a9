import type { SourceFile } from "../source/source-file.ts";
import type { Span } from "../source/span.ts";

/** A YAML document as the readers see it: aliases followed, merge keys applied, every node with its place. */
export interface YamlDocument {
  readonly file: SourceFile;
  readonly root: YamlNode;
}

/** A YAML node with its place in the source. */
export type YamlNode = YamlScalar | YamlList | YamlMap;

/** `plain` is the only style whose text may mean a number, a boolean or null. */
export type ScalarStyle = "plain" | "single" | "double" | "literal" | "folded";

/** A text, number, boolean or null. */
export interface YamlScalar {
  readonly kind: "scalar";
  /** What the scalar means by the rules of Erda's YAML library (yaml.v3). */
  readonly value: null | boolean | number | string;
  /** The scalar's text after unescaping and folding: what a string field receives. */
  readonly text: string;
  readonly style: ScalarStyle;
  readonly span: Span;
}

interface YamlList {
  readonly kind: "list";
  readonly items: readonly YamlNode[];
  readonly flow: boolean;
  readonly span: Span;
}

/** A mapping, its keys in the order of the file. */
export interface YamlMap {
  readonly kind: "map";
  readonly entries: readonly YamlEntry[];
  readonly flow: boolean;
  readonly span: Span;
}

/** One key of a mapping with its value. */
export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlNode;
  /** Came from a merge key (`<<`), so it stands elsewhere in the text. */
  readonly merged: boolean;
}
