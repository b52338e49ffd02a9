import type { ExpressionName } from "../model/expression.ts";
import type { Reference } from "../model/reference.ts";
import type { Json } from "../model/value.ts";

/** What a reference stands for. `missing` is an error of whoever asked; a caller who wants "" instead answers that. */
export type Resolved =
  | { readonly kind: "value"; readonly value: Json }
  /** `reason` is a sentence: `action "build" put out no "version".` */
  | { readonly kind: "missing"; readonly reason: string };

/** Where expressions and values get what they refer to. */
export interface Scope {
  /** Raw value, before the reference's modifier; `base64-decode` never gets here. `random` must be stable within a run. */
  resolve(reference: Reference): Resolved;
  /** `task_status`, `pipeline_status` in `loop.break`; `undefined` in `if`. */
  name(name: ExpressionName): Json | undefined;
}
