/** What `sluice explain` says about a code beside the catalog's words. */
export type Explanation = ShownExplanation | UnshownExplanation;

/** With a pair of files: a test compiles both. */
interface ShownExplanation {
  /** What it means and why it is said, in whole sentences. */
  readonly why: string;
  /** A file about which exactly this is said. */
  readonly wrong: string;
  /** The same file, mended: nothing is said about it. */
  readonly right: string;
  /** What `sluice fix` does, where the remedy is mechanical; it makes `right` of `wrong`. */
  readonly fix?: string;
}

/** Without a pair of files, because none that a reader would want to read shows it. */
interface UnshownExplanation {
  readonly why: string;
  /** Why no file shows it. */
  readonly notShown: string;
}

/** An explanation for every code of a catalog: a missing one is a compile error. */
export type ExplanationsOf<Catalog> = { readonly [code in keyof Catalog]: Explanation };

/** A whole file as a template of its lines; the indentation that all lines share is taken off. */
export function file(lines: TemplateStringsArray): string {
  const text = lines.join("").replace(/^\n/, "").replace(/ *$/, "");
  const indentations = [...text.matchAll(/^( *)\S/gm)].map(([, spaces = ""]) => spaces.length);
  return text.replace(new RegExp(`^ {${Math.min(...indentations)}}`, "gm"), "");
}

/** A pipeline of one stage, given its list items. */
export function oneStage(actions: TemplateStringsArray): string {
  return `version: "1.1"\nstages:\n- stage:\n${file(actions).replace(/^(?=.)/gm, "  ")}`;
}
