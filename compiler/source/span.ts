/** A half-open range `[start, end)` of UTF-16 offsets into a source text. Lines and columns exist only in rendering. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A value together with the place in the source that it was read from. */
export interface Located<T> {
  readonly value: T;
  readonly span: Span;
}
