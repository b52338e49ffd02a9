import type { YamlEntry, YamlNode, YamlScalar } from "../tree.ts";
import {
  type Cursor,
  createCursor,
  emptyScalar,
  finishLine,
  isAtDash,
  isAtEnd,
  isSpaceOrEnd,
  moveToLine,
  skipSpaces,
} from "./cursor.ts";
import { entryOf, mapOf } from "./entries.ts";
import { readFlow } from "./flow.ts";
import { plainEnd, plainScalar, readLiteral, readQuoted } from "./scalars.ts";

/** How much of a text may be simple: bounds of the tree are judged and reported elsewhere. */
interface Bounds {
  /** Levels of lists and maps inside each other. */
  readonly depth: number;
  /** Keys, values and items. */
  readonly nodes: number;
}

/** Characters that are not read here: tabs, carriage returns, a byte order mark. */
const NOT_SIMPLE = /[\t\r\uFEFF]/;
/** Longest key; the YAML library has an error for longer ones. */
const LONGEST_KEY = 1024;

/**
 * Reads a document of simple YAML: block maps and lists, one-line scalars, `|` and one-line brackets, comments; what
 * most pipelines are made of. `undefined` for any other text, be it YAML or not: then the YAML library must decide.
 *
 * The library takes ten times as long, most of it for tokens (bench/compile.ts); so it reads only what needs it. A test
 * holds both together: where this gives a tree, the library finds no mistake and the same tree with the same places.
 */
export function readSimpleYaml(text: string, bounds: Bounds): YamlNode | undefined {
  if (NOT_SIMPLE.test(text)) return undefined;
  const cursor = createCursor(text);
  const root = cursor?.indent === 0 ? readMap(cursor, 0, bounds.depth) : undefined;
  return cursor && isAtEnd(cursor) && cursor.nodes < bounds.nodes ? root : undefined;
}

/** The map whose first key stands at the cursor, in `column`. `room` is how many levels it may have. */
function readMap(cursor: Cursor, column: number, room: number): YamlNode | undefined {
  if (room <= 0) return undefined;
  const start = cursor.at;
  const entries: YamlEntry[] = [];
  do {
    const key = readKey(cursor);
    const value = key && readValue(cursor, key.span.end + 1, column, room - 1);
    const entry = value && entryOf(key, value);
    // A line that is indented deeper than this map would go on with a scalar of several lines.
    if (!entry || cursor.indent > column) return undefined;
    entries.push(entry);
  } while (cursor.indent === column);
  return mapOf(entries, false, start, cursor.nodeEnd);
}

/** The key at the cursor, behind which a colon stands. */
function readKey(cursor: Cursor): YamlScalar | undefined {
  const { at, lineEnd, text } = cursor;
  cursor.nodes++;
  const quoted = readQuoted(cursor, at);
  // "---" and "..." end a document.
  const end = quoted ? quoted.span.end : /[-.]/.test(text.charAt(at)) ? undefined : plainEnd(text, at, lineEnd, false);
  if (end === undefined || text[end] !== ":" || !isSpaceOrEnd(text, end + 1) || end - at > LONGEST_KEY)
    return undefined;
  return quoted ?? plainScalar(cursor, at, end);
}

/** The value of a key in `column`, from behind its colon on; the cursor is then on the next line. */
function readValue(cursor: Cursor, from: number, column: number, room: number): YamlNode | undefined {
  const { lineEnd, text } = cursor;
  const at = skipSpaces(text, from);
  if (at < lineEnd && text[at] !== "#") return readInline(cursor, at, column, room);
  if (!moveToLine(cursor, lineEnd + 1)) return undefined;
  if (cursor.indent > column) {
    return isAtDash(cursor) ? readList(cursor, cursor.indent, room) : readMap(cursor, cursor.indent, room);
  }
  // A list may stand right below its key.
  if (cursor.indent === column && isAtDash(cursor)) return readList(cursor, column, room);
  // Comments behind nothing belong to the nothing.
  if (cursor.commented || at < lineEnd) return undefined;
  cursor.nodes++;
  cursor.nodeEnd = at;
  return emptyScalar(at);
}

/** The list whose first dash stands at the cursor, in `column`. */
function readList(cursor: Cursor, column: number, room: number): YamlNode | undefined {
  if (room <= 0) return undefined;
  const { at: start, text } = cursor;
  const items: YamlNode[] = [];
  do {
    const at = skipSpaces(text, cursor.at + 1);
    const item = readItem(cursor, at, column, column + at - cursor.at, room - 1);
    if (!item || cursor.indent > column) return undefined;
    items.push(item);
  } while (cursor.indent === column && isAtDash(cursor));
  return { kind: "list", items, flow: false, span: { start, end: cursor.nodeEnd } };
}

/** What stands behind a dash: a scalar, brackets, or a map whose first key stands there. */
function readItem(cursor: Cursor, at: number, column: number, keyColumn: number, room: number): YamlNode | undefined {
  const { lineEnd, text } = cursor;
  const end = readQuoted(cursor, at)?.span.end ?? plainEnd(text, at, lineEnd, false);
  if (end === undefined || text[end] !== ":") return readInline(cursor, at, column, room);
  cursor.at = at;
  return readMap(cursor, keyColumn, room);
}

/** A value that starts on the cursor's line, below a key or dash in `column`. */
function readInline(cursor: Cursor, at: number, column: number, room: number): YamlNode | undefined {
  const { lineEnd, text } = cursor;
  cursor.nodes++;
  switch (text[at]) {
    case "[":
    case "{": {
      const flow = readFlow(cursor, at, room);
      return flow && finishLine(cursor, flow.span.end) ? flow : undefined;
    }
    case "|": {
      const literal = readLiteral(cursor, at, column);
      if (!literal) return undefined;
      cursor.nodeEnd = literal.span.end;
      return moveToLine(cursor, literal.span.end) ? literal : undefined;
    }
    case '"':
    case "'": {
      const quoted = readQuoted(cursor, at);
      return quoted && finishLine(cursor, quoted.span.end) ? quoted : undefined;
    }
    default: {
      const end = plainEnd(text, at, lineEnd, false);
      return end !== undefined && finishLine(cursor, end) ? plainScalar(cursor, at, end) : undefined;
    }
  }
}
