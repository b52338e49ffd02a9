import { InternalCompilerError } from "../internal-compiler-error.ts";
import type { Reference } from "../model/reference.ts";
import { decodeBase64 } from "./references/base64.ts";
import type { Resolved, Scope } from "./scope.ts";

/** Value of a reference before its modifier. `base64-decode` needs no scope. */
export function resolveReference(reference: Reference, scope: Scope): Resolved {
  if (reference.kind !== "base64-decode") return scope.resolve(reference);
  const value = decodeBase64(reference.text);
  // What cannot be decoded was refused when the reference was read.
  if (value === undefined) throw new InternalCompilerError(`"${reference.text}" is not base64 of text.`);
  return { kind: "value", value };
}
