import type { YamlEntry, YamlNode } from "../tree.ts";
import { type Cursor, skipSpaces } from "./cursor.ts";
import { entryOf, mapOf } from "./entries.ts";
import { plainEnd, plainScalar, readQuoted } from "./scalars.ts";

/**
 * A list or map between brackets on one line, behind which the cursor then stands; else `undefined`. `room` is how many
 * levels it may have.
 */
export function readFlow(cursor: Cursor, at: number, room: number): YamlNode | undefined {
  if (room <= 0) return undefined;
  return cursor.text[at] === "{" ? readFlowMap(cursor, at, room) : readFlowList(cursor, at, room);
}

function readFlowList(cursor: Cursor, at: number, room: number): YamlNode | undefined {
  const items: YamlNode[] = [];
  const isRead = readItems(cursor, at, "]", () => {
    const item = readFlowNode(cursor, room - 1);
    if (item) items.push(item);
    return item !== undefined;
  });
  return isRead ? { kind: "list", items, flow: true, span: { start: at, end: cursor.at } } : undefined;
}

function readFlowMap(cursor: Cursor, at: number, room: number): YamlNode | undefined {
  const entries: YamlEntry[] = [];
  const isRead = readItems(cursor, at, "}", () => {
    const key = readFlowNode(cursor, 0);
    if (key?.kind !== "scalar" || !cursor.text.startsWith(": ", cursor.at)) return false;
    cursor.at = skipSpaces(cursor.text, cursor.at + 1);
    const value = readFlowNode(cursor, room - 1);
    const entry = value && entryOf(key, value);
    if (entry) entries.push(entry);
    return entry !== undefined;
  });
  return isRead ? mapOf(entries, true, at, cursor.at) : undefined;
}

/** Reads what stands between the bracket at `at` and `close`, each item by `readItem`. */
function readItems(cursor: Cursor, at: number, close: string, readItem: () => boolean): boolean {
  const { text } = cursor;
  cursor.at = skipSpaces(text, at + 1);
  while (text[cursor.at] !== close) {
    if (!readItem()) return false;
    cursor.at = skipSpaces(text, cursor.at);
    if (text[cursor.at] === close) break;
    if (text[cursor.at] !== ",") return false;
    cursor.at = skipSpaces(text, cursor.at + 1);
    // A comma behind the last item is allowed, but rare.
    if (text[cursor.at] === close) return false;
  }
  cursor.at += 1;
  return true;
}

function readFlowNode(cursor: Cursor, room: number): YamlNode | undefined {
  const { at, lineEnd, text } = cursor;
  cursor.nodes++;
  const first = text[at];
  if (first === "[" || first === "{") return readFlow(cursor, at, room);
  if (first === '"' || first === "'") {
    const quoted = readQuoted(cursor, at);
    if (quoted) cursor.at = quoted.span.end;
    return quoted;
  }
  const end = plainEnd(text, at, lineEnd, true);
  if (end === undefined) return undefined;
  cursor.at = end;
  return plainScalar(cursor, at, end);
}
