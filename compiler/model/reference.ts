import type { Span } from "../source/span.ts";

/** Post-processors of a reference (`${{ outputs.a.k.escape }}`), with Erda's names. Source: reference/erda.md 1.7. */
export const REFERENCE_MODIFIERS = ["escape", "wrap_double_quotes", "wrap_single_quotes"] as const;

/** A change of a reference's value that stands behind it. */
export type ReferenceModifier = (typeof REFERENCE_MODIFIERS)[number];

/**
 * One AST for every spelling: `${{ outputs.a.k }}`, `${a:OUTPUT:k}` and `${outputs.a.k}` all read as
 * `{ kind: "output", action: "a", output: "k" }`.
 *
 * `action` is an alias as written (the plan replaces it by the action's key). Plain JSON: it is stored in plans.
 */
export type Reference =
  | {
      readonly kind: "output";
      readonly action: string;
      readonly output: string;
      readonly modifier?: ReferenceModifier;
      readonly span: Span;
    }
  | { readonly kind: "dir"; readonly namespace: string; readonly modifier?: ReferenceModifier; readonly span: Span }
  | { readonly kind: "param"; readonly name: string; readonly modifier?: ReferenceModifier; readonly span: Span }
  /** `key` is a template because Erda renders configs recursively: `${{ configs.${{ configs.k }} }}`. */
  | { readonly kind: "config"; readonly key: Template; readonly modifier?: ReferenceModifier; readonly span: Span }
  | { readonly kind: "random"; readonly type: string; readonly modifier?: ReferenceModifier; readonly span: Span }
  | {
      readonly kind: "base64-decode";
      readonly text: string;
      readonly modifier?: ReferenceModifier;
      readonly span: Span;
    };

/** Literal text and references in the order in which they are joined. */
export interface Template {
  readonly parts: readonly (string | Reference)[];
  readonly span: Span;
}
