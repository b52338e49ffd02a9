import type { Command, Printed, Word } from "./frames.ts";
import { baseName } from "./invocation.ts";

/** References that are printed with a backslash before some characters. */
export interface MaskedText {
  readonly characters: string;
  readonly printed: readonly Printed[];
}

/** `s/[&/\]/\\&/g`: puts a backslash before each of some characters, `&` and `\` among them. */
const MASKING = /^s([^\w\s])\[(?=[^\]]*&)(?=[^\]]*\\)([^\]]+)\]\1\\\\&\1g$/;

/** The characters that `sed 's/[&/\]/\\&/g'` masks; `undefined` where the last is another command. */
export function charactersMaskedBy(commands: readonly Command[]): string | undefined {
  const [name, program, ...others] = commands.slice(-1).flatMap(({ words }) => words);
  if (!name || !program || others.length > 0 || baseName(name.text) !== "sed") return undefined;
  return MASKING.exec(program.text)?.[2];
}

/** What a program of sed prints that is not masked for its delimiter, and so may be more than a text. */
export function withoutMasked(word: Word): Word {
  const delimiter = /(?:^|[^A-Za-z_])s([^\w\s])/.exec(word.text)?.[1];
  return {
    ...word,
    masked: word.masked.filter(({ characters }) => delimiter === undefined || !characters.includes(delimiter)),
  };
}
