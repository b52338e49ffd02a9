/** What may stand behind a key. One description for the reader, the documentation and the JSON schema. */
export type KeyType =
  /** Any scalar, as its text: `version: 1.1` is "1.1". */
  | { readonly kind: "text" }
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

export interface KeySpec {
  readonly key: string;
  readonly type: KeyType;
  /** For people, one sentence; the documentation is made of it. */
  readonly description: string;
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

export const TEXT: KeyType = { kind: "text" };
export const BOOLEAN: KeyType = { kind: "boolean" };
export const ANY: KeyType = { kind: "any" };
export const TEXTS: KeyType = { kind: "list", items: TEXT };
export const TEXT_MAP: KeyType = { kind: "map", values: TEXT };

/** A list of maps with these keys. */
export function listOf(level: KeyLevel): KeyType {
  return { kind: "list", items: { kind: "level", level } };
}

/** One map with these keys. */
export function mapOf(level: KeyLevel): KeyType {
  return { kind: "level", level };
}
