import type { Severity } from "./diagnostic.ts";
import type { MessageTemplate } from "./message-template.ts";

/** One line of a catalog: what a code means. `K` are the names of its parameters. */
export interface CatalogEntry<K extends string> {
  readonly severity: Severity;
  /** The severity under `--strict`. */
  readonly strictSeverity: Severity;
  readonly message: MessageTemplate<K>;
  /** The remedy. Without one it is another each time, and whoever reports the code must give it. */
  readonly help: MessageTemplate<K> | undefined;
}

/** An entry whose remedy is always the same. */
export interface EntryWithHelp<K extends string> extends CatalogEntry<K> {
  readonly help: MessageTemplate<K>;
}

/** An entry whose remedy each report gives. */
export interface EntryWithoutHelp<K extends string> extends CatalogEntry<K> {
  readonly help: undefined;
}

/** Makes entries of one severity: with the remedy where it is always the same. */
interface EntryMaker {
  <M extends string>(message: MessageTemplate<M>): EntryWithoutHelp<M>;
  <M extends string, H extends string>(message: MessageTemplate<M>, help: MessageTemplate<H>): EntryWithHelp<M | H>;
}

function entriesOf(severity: Severity, strictSeverity: Severity): EntryMaker {
  function entry<M extends string>(message: MessageTemplate<M>): EntryWithoutHelp<M>;
  function entry<M extends string, H extends string>(
    message: MessageTemplate<M>,
    help: MessageTemplate<H>,
  ): EntryWithHelp<M | H>;
  function entry<K extends string>(message: MessageTemplate<K>, help?: MessageTemplate<K>): CatalogEntry<K> {
    return { severity, strictSeverity, message, help };
  }
  return entry;
}

/** A mistake that keeps the pipeline from being compiled. */
export const error: EntryMaker = entriesOf("error", "error");

/** Something that is probably not meant, or said in a way that others do not read. */
export const warning: EntryMaker = entriesOf("warning", "warning");

/** Something that has no effect: a warning, because files may carry what others read; an error under `--strict`. */
export const noEffect: EntryMaker = entriesOf("warning", "error");
