import { MASK, SHORTEST_SECRET_CHARACTERS } from "../../agent/protocol.ts";
import type { Json, Scope } from "../../compiler/index.ts";
import type { Inputs } from "./load-inputs.ts";

/** A value with the secrets in its texts replaced, as an agent does with what its scripts put out. */
export function maskSecrets(value: Json, secrets: readonly string[]): Json {
  if (typeof value === "string") {
    return secrets
      .filter((secret) => secret.length >= SHORTEST_SECRET_CHARACTERS)
      .reduce((text, secret) => text.replaceAll(secret, MASK), value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => maskSecrets(item, secrets));
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, maskSecrets(member, secrets)]));
  }
  return value;
}

/** The scope in which a message may be made: it says what is wrong with an expression, and shows no secret. */
export function maskedScope({ scope, secrets }: Pick<Inputs, "scope" | "secrets">): Scope {
  return {
    name: scope.name,
    resolve(reference) {
      const resolved = scope.resolve(reference);
      return resolved.kind === "value" ? { kind: "value", value: maskSecrets(resolved.value, secrets) } : resolved;
    },
  };
}
