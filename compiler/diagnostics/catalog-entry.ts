import type { Severity } from "./diagnostic.ts";
import type { MessageTemplate } from "./message-template.ts";

/** One line of a catalog: what a code means. `K` are the names of its parameters. */
export interface CatalogEntry<K extends string> {
  readonly severity: Severity;
  readonly message: MessageTemplate<K>;
  readonly help: MessageTemplate<K> | undefined;
}

/** A mistake that keeps the pipeline from being compiled. `help` is the remedy where it is always the same. */
export function error<M extends string, H extends string = never>(
  message: MessageTemplate<M>,
  help?: MessageTemplate<H>,
): CatalogEntry<M | H> {
  return { severity: "error", message, help };
}

/** Something that is probably not meant, or has no effect. */
export function warning<M extends string, H extends string = never>(
  message: MessageTemplate<M>,
  help?: MessageTemplate<H>,
): CatalogEntry<M | H> {
  return { severity: "warning", message, help };
}
