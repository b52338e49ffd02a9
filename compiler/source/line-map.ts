import type { SourceFile } from "./source-file.ts";
import type { Span } from "./span.ts";

/** A 1-based position; columns count UTF-16 code units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A span as positions: 1-based, end exclusive. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Turns offsets into lines and columns. `\n`, `\r\n` and a lone `\r` end a line (reference/erda.md 1.1). */
export interface LineMap {
  readonly lineCount: number;
  /** Offsets outside the text are moved to its nearest end. */
  positionAt(offset: number): Position;
  /** Text of a 1-based line without its line end; empty outside the file. */
  lineText(line: number): string;
  /** Offset of the first character of a 1-based line. */
  lineStart(line: number): number;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Builds the line map of a text in one pass; look-ups are binary searches. */
export function createLineMap(text: string): LineMap {
  const starts = [0];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === LINE_FEED || (code === CARRIAGE_RETURN && text[index + 1] !== "\n")) starts.push(index + 1);
  }
  const lineStart = (line: number) => starts[line - 1] ?? text.length;
  return {
    lineCount: starts.length,
    lineStart,
    positionAt(offset) {
      const place = Math.min(Math.max(offset, 0), text.length);
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (lineStart(middle + 1) <= place) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: place - lineStart(low + 1) + 1 };
    },
    lineText(line) {
      return text.slice(lineStart(line), lineStart(line + 1)).replace(/[\r\n]+$/, "");
    },
  };
}

const lineMaps = new WeakMap<SourceFile, LineMap>();

/** The file's line map, built on first use. */
export function lineMapOf(file: SourceFile): LineMap {
  const known = lineMaps.get(file);
  if (known) return known;
  const made = createLineMap(file.text);
  lineMaps.set(file, made);
  return made;
}

/** 1-based position of an offset. */
export function positionOf(file: SourceFile, offset: number): Position {
  return lineMapOf(file).positionAt(offset);
}

/** 1-based range of a span, end exclusive. */
export function rangeOf(file: SourceFile, span: Span): Range {
  return { start: positionOf(file, span.start), end: positionOf(file, span.end) };
}
