import type { YamlScalar } from "../tree.ts";

/** Where a reader of simple YAML stands: on the first character of a line that holds more than a comment. */
export interface Cursor {
  readonly text: string;
  /** Index of the character to read next. */
  at: number;
  /** Index of the line feed that ends the line, or of the text's end. */
  lineEnd: number;
  /** Spaces before the line's first character; -1 behind the last line. */
  indent: number;
  /** Whether comments stand between this line and the one before. */
  commented: boolean;
  /** Index behind the node read last, the rest of its line included: a block that holds it last ends there too. */
  nodeEnd: number;
  /** Nodes read so far. */
  nodes: number;
}

/** A cursor on the first line of a text; `undefined` when a comment is indented deeper than that line. */
export function createCursor(text: string): Cursor | undefined {
  const cursor = { text, at: 0, lineEnd: 0, indent: 0, commented: false, nodeEnd: 0, nodes: 0 };
  return moveToLine(cursor, 0) ? cursor : undefined;
}

/**
 * Moves to the first line from `start` on that is not blank and no comment. False when a comment stands deeper than
 * that line: to the library it may belong to the block before it, which then ends behind the comment.
 */
export function moveToLine(cursor: Cursor, start: number): boolean {
  const { text } = cursor;
  let deepest = 0;
  cursor.commented = false;
  for (let lineStart = start; lineStart < text.length; lineStart = cursor.lineEnd + 1) {
    cursor.at = skipSpaces(text, lineStart);
    cursor.lineEnd = lineEndFrom(text, cursor.at);
    if (cursor.at === cursor.lineEnd) continue;
    cursor.indent = cursor.at - lineStart;
    if (text[cursor.at] !== "#") return deepest <= cursor.indent;
    cursor.commented = true;
    deepest = Math.max(deepest, cursor.indent);
  }
  cursor.at = text.length;
  cursor.lineEnd = text.length;
  cursor.indent = -1;
  return deepest === 0;
}

/** Goes on behind a node that ends at `end` on the cursor's line. False when more than a comment stands there. */
export function finishLine(cursor: Cursor, end: number): boolean {
  const { lineEnd, text } = cursor;
  const rest = skipSpaces(text, end);
  if (rest < lineEnd && (text[rest] !== "#" || rest === end)) return false;
  cursor.nodeEnd = Math.min(lineEnd + 1, text.length);
  return moveToLine(cursor, lineEnd + 1);
}

/** Whether the cursor stands on the dash of a list item. */
export function isAtDash({ at, text }: Cursor): boolean {
  return text[at] === "-" && isSpaceOrEnd(text, at + 1);
}

/** Whether there are no more lines. */
export function isAtEnd({ indent }: Cursor): boolean {
  return indent === -1;
}

/** Index of the next line feed, or of the text's end. */
export function lineEndFrom(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
}

/** Index of the first character from `from` on that is no space. */
export function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === " ") at++;
  return at;
}

/** Whether a space, the end of the line or that of the text stands at an index. */
export function isSpaceOrEnd(text: string, at: number): boolean {
  const character = text[at];
  return character === " " || character === "\n" || character === undefined;
}

/** A plain scalar without a text, as behind `key:`. */
export function emptyScalar(at: number): YamlScalar {
  return { kind: "scalar", value: null, text: "", style: "plain", span: { start: at, end: at } };
}
