/** A piece of a script: commands that end with a line feed, and what they print if a value arrives byte for byte. */
export interface Piece {
  readonly text: string;
  readonly prints: (value: string) => string;
  /** Names of the contexts it is made of. */
  readonly contexts: readonly string[];
  /** Where the value goes: some places take no value that is large, or that has a "/". */
  readonly takes: Takes;
}

/** What values a context takes. */
export type Takes = "any" | "small" | "a file's name";

/** A context in which a reference stands. `id` keeps names of files apart. */
export interface Leaf {
  readonly name: string;
  readonly write: (reference: string, id: number) => string;
  readonly prints: (value: string) => string;
  readonly takes: Takes;
}

/** A context in which commands stand. */
export interface Wrapper {
  readonly name: string;
  readonly write: (commands: string, id: number) => string;
  readonly prints: (printed: string) => string;
}
