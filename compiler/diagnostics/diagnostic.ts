import type { SourceFile } from "../source/source-file.ts";
import type { Span } from "../source/span.ts";

/** An error keeps the file from being compiled; a warning does not. */
export type Severity = "error" | "warning";

/**
 * What the author of a pipeline reads. `code` is `<phase>/<kebab-name>`, public and never reused.
 * `message` is one sentence that ends with a period; the remedy stands in `help`.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: SourceFile;
  readonly span: Span;
  readonly help: string;
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: readonly Fix[];
}

/** Another place that the cause has a part in. */
export interface RelatedPlace {
  readonly message: string;
  readonly span: Span;
}

/** A change of the source text that mends the diagnostic. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** One replacement in the source text; an empty span inserts. */
export interface Edit {
  readonly span: Span;
  readonly newText: string;
}
