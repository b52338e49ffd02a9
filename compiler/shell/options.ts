/** A word of a command, as far as it matters which command it is part of. */
export interface Argument {
  /** Without quotes; an expansion is `$`. */
  readonly text: string;
  readonly quoted: boolean;
}

/** Which options of a command take an argument. */
export interface OptionSyntax {
  /** Letters whose argument is the rest of the word or the next word. */
  readonly values?: string;
  /** Letters whose argument is the rest of the word, if there is one. */
  readonly rest?: string;
  /** Options of more than a letter whose argument is the next word. */
  readonly long?: RegExp;
  /** What is joined to a letter is further letters, also of one that takes the next word: `bash -eo pipefail`. */
  readonly isSeparate?: boolean;
  /** Options may stand behind operands. */
  readonly isMixed?: boolean;
  /** Options of which each takes the next two words. */
  readonly pairs?: RegExp;
  /** A word that starts with one dash is one option, no letters. */
  readonly isWhole?: boolean;
  /** Words that start with "+" are options too. */
  readonly hasPlus?: boolean;
  /** Options behind which nothing is one: what follows is for a module or a file. */
  readonly last?: RegExp;
}

/** An option that a command was given. */
export interface GivenOption<T extends Argument = Argument> {
  /** `-c`, `--command`. */
  readonly name: string;
  /** The word that it stands in. */
  readonly word: T;
  /** Its argument: the text of it, and the word that it stands in, which may be the same. */
  readonly value?: { readonly text: string; readonly word: T };
}

/** What a command was given. */
export interface GivenArguments<T extends Argument = Argument> {
  readonly options: readonly GivenOption<T>[];
  readonly operands: readonly T[];
  /** Index of the first operand; behind the words where there is none. */
  readonly first: number;
}

/** Tells options from operands among the words from `start` on. */
export function readArguments<T extends Argument>(
  words: readonly T[],
  start: number,
  syntax: OptionSyntax,
): GivenArguments<T> {
  const options: GivenOption<T>[] = [];
  const operands: T[] = [];
  let first = words.length;
  let hasEnded = false;
  let skipped = 0;
  for (const [index, word] of words.slice(start).entries()) {
    if (skipped > 0) skipped--;
    else if (!hasEnded && word.text === "--") hasEnded = true;
    else if (hasEnded || !isOption(word.text, syntax)) {
      operands.push(word);
      first = Math.min(first, start + index);
      hasEnded ||= syntax.isMixed !== true;
    } else {
      const given = readOption(words, start + index, word, syntax);
      for (const option of given) {
        options.push(option);
        if (option.value && option.value.word !== word) skipped++;
        hasEnded ||= syntax.last?.test(option.name) === true;
      }
      if (syntax.pairs?.test(word.text)) skipped = 2;
    }
  }
  return { options, operands, first };
}

function isOption(text: string, { hasPlus }: OptionSyntax): boolean {
  return text.length > 1 && (text.startsWith("-") || (hasPlus === true && text.startsWith("+")));
}

/** The options in one word. */
function readOption<T extends Argument>(
  words: readonly T[],
  at: number,
  word: T,
  { isSeparate, isWhole, long, rest = "", values = "" }: OptionSyntax,
): readonly GivenOption<T>[] {
  const { text } = word;
  if (long?.test(text)) return [{ name: text, word, ...valueIn(words[at + 1]) }];
  if (text.startsWith("--") || isWhole) {
    const equals = text.indexOf("=");
    if (equals === -1) return [{ name: text, word }];
    return [{ name: text.slice(0, equals), word, value: { text: text.slice(equals + 1), word } }];
  }
  const given: GivenOption<T>[] = [];
  let following = at;
  for (let index = 1; index < text.length; index++) {
    const letter = text.charAt(index);
    const name = `-${letter}`;
    const isJoined = index < text.length - 1 && !isSeparate;
    if (isJoined && (rest + values).includes(letter)) {
      given.push({ name, word, value: { text: text.slice(index + 1), word } });
      break;
    }
    given.push({ name, word, ...(values.includes(letter) ? valueIn(words[++following]) : {}) });
  }
  return given;
}

function valueIn<T extends Argument>(word: T | undefined): Pick<GivenOption<T>, "value"> {
  return word ? { value: { text: word.text, word } } : {};
}
