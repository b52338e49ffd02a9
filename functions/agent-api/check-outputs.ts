import { OUTPUT_LIMITS } from "../../agent/protocol.ts";
import type { Json } from "../../compiler/index.ts";
import { outputText } from "../records/output.ts";

/** One output as the agent sends it. */
export interface ReceivedOutput {
  readonly name: string;
  readonly value: Json;
}

/** Longest name that a message shows. */
const SHOWN_CHARACTERS = 40;

/**
 * Separates what may be kept from what is over the limits. `problem` is a sentence about the first that is over.
 * `knownNames` are the names that the attempt has put out before. Source of the limits: reference/erda.md 1.17.
 */
export function checkOutputs(
  entries: readonly ReceivedOutput[],
  knownNames: ReadonlySet<string>,
): { readonly kept: readonly ReceivedOutput[]; readonly problem: string | undefined } {
  const names = new Set(knownNames);
  const kept: ReceivedOutput[] = [];
  let problem: string | undefined;
  for (const entry of entries) {
    const found = problemOf(entry, names);
    if (found === undefined) {
      names.add(entry.name);
      kept.push(entry);
    } else {
      problem ??= found;
    }
  }
  return { kept, problem };
}

function problemOf({ name, value }: ReceivedOutput, names: ReadonlySet<string>): string | undefined {
  const { entries, keyCharacters, valueBytes } = OUTPUT_LIMITS;
  const shown = name.length > SHOWN_CHARACTERS ? `${name.slice(0, SHOWN_CHARACTERS)}…` : name;
  if (name.length > keyCharacters) {
    return `The name of output "${shown}" has ${name.length} characters; at most ${keyCharacters} are allowed.`;
  }
  const bytes = Buffer.byteLength(outputText(value).text);
  if (bytes > valueBytes) {
    return `Output "${shown}" has ${bytes} bytes; at most ${valueBytes} are allowed.`;
  }
  if (!names.has(name) && names.size >= entries) {
    return `Output "${shown}" is one more than the ${entries} outputs that an action may have.`;
  }
  return undefined;
}
