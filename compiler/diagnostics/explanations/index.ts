import { CATALOG, type DiagnosticCode } from "../catalog/index.ts";
import type { CatalogEntry } from "../catalog-entry.ts";
import type { Severity } from "../diagnostic.ts";
import type { Explanation, ExplanationsOf } from "./explanation.ts";
import { EXPRESSION_EXPLANATIONS } from "./expression.ts";
import { LOWER_EXPLANATIONS } from "./lower.ts";
import { PARSE_EXPLANATIONS } from "./parse.ts";
import { READ_EXPLANATIONS } from "./read.ts";
import { READ_CRON_EXPLANATIONS } from "./read-cron.ts";
import { VALIDATE_EXPLANATIONS } from "./validate.ts";

const EXPLANATIONS: ExplanationsOf<typeof CATALOG> = {
  ...PARSE_EXPLANATIONS,
  ...READ_EXPLANATIONS,
  ...READ_CRON_EXPLANATIONS,
  ...EXPRESSION_EXPLANATIONS,
  ...VALIDATE_EXPLANATIONS,
  ...LOWER_EXPLANATIONS,
};

/** All that there is to say about a code. */
export interface ExplainedCode {
  readonly code: DiagnosticCode;
  /** As in the catalog; `--strict` and `--unknown-actions` may change it. */
  readonly severity: Severity;
  /** The catalog's words with `{name}` where an occurrence fills something in. */
  readonly message: string;
  /** Absent where the remedy depends on the occurrence. */
  readonly help: string | undefined;
  readonly explanation: Explanation;
}

/** Every code that a diagnostic can have, by phase, in the order of the catalog. */
export const EXPLAINED_CODES: readonly ExplainedCode[] = codesOf(CATALOG).map((code) => {
  const { help, message, severity }: CatalogEntry<string> = CATALOG[code];
  const holes = Object.fromEntries([...message.keys, ...(help?.keys ?? [])].map((key) => [key, `{${key}}`]));
  return {
    code,
    severity,
    message: message.render(holes),
    help: help?.render(holes),
    explanation: EXPLANATIONS[code],
  };
});

/** The codes of the catalog, which are all its keys: it is one literal. */
function codesOf(catalog: typeof CATALOG): readonly DiagnosticCode[] {
  return Object.keys(catalog).filter((code): code is DiagnosticCode => Object.hasOwn(catalog, code));
}
