import type { Document } from "../document.ts";

/** The list of these documents; their texts are not written anew. */
export function listDocument(documents: readonly Document[]): Document {
  return {
    value: documents.map(({ value }) => value),
    text: `[${documents.map(({ text }) => text).join(",")}]`,
  };
}
