/** A JSON value that nobody changes: data of an execution is shared, never copied. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object that nobody changes. */
export type JsonObject = { readonly [key: string]: Json };

/**
 * A JSON value together with its text. The text is what the history, the size limits and the wire want; a state that
 * passes its input through passes both on, so that nothing is written out again for each transition.
 */
export interface Document {
  readonly value: Json;
  readonly text: string;
}

/**
 * Largest input, output, argument or variable of a state in bytes of UTF-8: 256 KiB.
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const LARGEST_DOCUMENT_BYTES = 262_144;

/** `{}`: the input of an execution that is given none. */
export const EMPTY_OBJECT: Document = { value: {}, text: "{}" };

/** A value with its text, written without spaces. */
export function documentOf(value: Json): Document {
  return { value, text: JSON.stringify(value) };
}

/** Keeps the text as it was given, spaces included, as AWS does with an execution's input. Throws what `JSON.parse` throws. */
export function parseDocument(text: string): Document {
  const value: Json = JSON.parse(text);
  return { value, text };
}

/** Whether a text has more bytes than `LARGEST_DOCUMENT_BYTES`. */
export function isTooLarge(text: string): boolean {
  // A UTF-16 unit takes one to three bytes of UTF-8: most texts are judged by their length alone.
  if (text.length * 3 <= LARGEST_DOCUMENT_BYTES) return false;
  return text.length > LARGEST_DOCUMENT_BYTES || Buffer.byteLength(text) > LARGEST_DOCUMENT_BYTES;
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is a JSON array; unlike `Array.isArray` it tells TypeScript what is in it. */
export function isArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** The name of a value's type as AWS prints it in its messages. */
export function typeNameOf(value: Json): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
