/** What may stand behind a key. One description for the reader, the documentation and the JSON schema. */
export type KeyType =
  /** Any scalar, as its text: `version: 1.1` is "1.1". */
  | {
      readonly kind: "text";
      /** The only words that it may be; the readers say what is wrong with others. */
      readonly choices?: readonly string[];
    }
  /** A number; `unit` is the word for messages ("seconds", "MB"). */
  | { readonly kind: "number"; readonly whole: boolean; readonly least?: number; readonly unit?: string }
  /** `true`, `false` and, unquoted, `yes`, `no`, `on`, `off`. */
  | { readonly kind: "boolean" }
  | { readonly kind: "any" }
  /** A text or a list of texts. */
  | { readonly kind: "lines" }
  | { readonly kind: "list"; readonly items: KeyType }
  | { readonly kind: "map"; readonly values: KeyType }
  | { readonly kind: "level"; readonly level: KeyLevel };

/** One key of a level: what the reader takes, and what the documents say of it. */
export interface KeySpec {
  readonly key: string;
  readonly type: KeyType;
  /** For people, one sentence; the documentation is made of it. */
  readonly description: string;
  /** A value as it would be written behind the key; a test compiles it, and a text of YAML's own is in quotes. */
  readonly example: string;
  /** As it would be written in YAML, or in words. */
  readonly default?: string;
  readonly required?: boolean;
  /** Read and type-checked, but nothing comes of it yet. */
  readonly noEffectYet?: boolean;
}

/** The keys of one kind of map. */
export interface KeyLevel {
  /** With its article: `an action`. */
  readonly name: string;
  readonly keys: readonly KeySpec[];
}

const tables = new WeakMap<KeyLevel, ReadonlyMap<string, KeySpec>>();

/** The keys of a level by name, for levels that thousands of maps have. */
export function specsOf(level: KeyLevel): ReadonlyMap<string, KeySpec> {
  const known = tables.get(level);
  if (known) return known;
  const made = new Map(level.keys.map((spec) => [spec.key, spec]));
  tables.set(level, made);
  return made;
}

/** A text, or a scalar that is read as one. */
export const TEXT: KeyType = { kind: "text" };

/** One of a few words. */
export function wordOf(choices: readonly string[]): KeyType {
  return { kind: "text", choices };
}

/** `true` or `false`. */
export const BOOLEAN: KeyType = { kind: "boolean" };

/** Any value. */
export const ANY: KeyType = { kind: "any" };

/** A list of texts. */
export const TEXTS: KeyType = { kind: "list", items: TEXT };

/** A map of texts. */
export const TEXT_MAP: KeyType = { kind: "map", values: TEXT };

/** A list of maps with these keys. */
export function listOf(level: KeyLevel): KeyType {
  return { kind: "list", items: { kind: "level", level } };
}

/** One map with these keys. */
export function mapOf(level: KeyLevel): KeyType {
  return { kind: "level", level };
}
