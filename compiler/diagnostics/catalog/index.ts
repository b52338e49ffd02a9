import type { CatalogEntry } from "../catalog-entry.ts";
import type { MessageParam } from "../message-template.ts";
import { ASL_DIAGNOSTICS } from "./asl.ts";
import { EXPRESSION_DIAGNOSTICS } from "./expression.ts";
import { LOWER_DIAGNOSTICS } from "./lower.ts";
import { PARSE_DIAGNOSTICS } from "./parse.ts";
import { READ_DIAGNOSTICS } from "./read.ts";
import { READ_CRON_DIAGNOSTICS } from "./read-cron.ts";
import { VALIDATE_DIAGNOSTICS } from "./validate.ts";

/** Every diagnostic that the compiler can give. Codes are public and never reused. */
export const CATALOG = {
  ...PARSE_DIAGNOSTICS,
  ...READ_DIAGNOSTICS,
  ...READ_CRON_DIAGNOSTICS,
  ...EXPRESSION_DIAGNOSTICS,
  ...VALIDATE_DIAGNOSTICS,
  ...LOWER_DIAGNOSTICS,
  ...ASL_DIAGNOSTICS,
};

/** A code of the catalog: public, never renamed and never used for something else. */
export type DiagnosticCode = keyof typeof CATALOG;

/** The parameters that the message and help of a code need. */
export type DiagnosticParams<C extends DiagnosticCode> =
  (typeof CATALOG)[C] extends CatalogEntry<infer K> ? { readonly [key in K]: MessageParam } : never;
