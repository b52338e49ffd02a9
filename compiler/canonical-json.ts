import { utf8Bytes, utf8Text } from "./utf8.ts";

/**
 * JSON with the keys of every object sorted by UTF-16 code units, no spaces, and `undefined` left out: equal values
 * give equal bytes, so they can be hashed. Accepts what `JSON.stringify` accepts without `toJSON`.
 */
export function canonicalJson(value: unknown): string {
  return utf8Text(canonicalBytes(value));
}

/**
 * `canonicalJson` in UTF-8. Bytes are written, because the pieces of a text would be garbage: of 10,000 actions a
 * machine and its plan have 18 MB, in a million pieces that live until the last one is there.
 */
export function canonicalBytes(value: unknown): Uint8Array {
  const writer: Writer = { bytes: new Uint8Array(SMALLEST_BUFFER), end: 0, shapes: [] };
  write(writer, value);
  return writer.bytes.subarray(0, writer.end);
}

const SMALLEST_BUFFER = 4096;

interface Writer {
  bytes: Uint8Array;
  /** Bytes written. */
  end: number;
  /** Shapes met so far, by their number of keys. */
  readonly shapes: Shape[][];
}

/**
 * The members of objects that have the same keys in the same order. Plans and machines hold thousands of objects of a
 * few shapes, whose members are often the very same, so keys are sorted and such members written only once.
 */
interface Shape {
  readonly keys: readonly string[];
  readonly members: readonly Member[];
}

interface Member {
  readonly key: string;
  /** The comma before the key, the key as JSON and its colon. */
  readonly label: Uint8Array;
  /** What stood here in the object before, and where it is, key and all; `lastEnd` 0 is nothing yet. */
  last: unknown;
  lastStart: number;
  lastEnd: number;
}

/** Shapes that are kept for one number of keys; names of states and the like make new ones without end. */
const MOST_SHAPES = 8;

function write(writer: Writer, value: unknown): void {
  if (typeof value === "string") writeText(writer, value);
  else if (Array.isArray(value)) writeArray(writer, value);
  else if (isObject(value)) writeObject(writer, value);
  else writeAscii(writer, JSON.stringify(value) ?? "null");
}

function writeArray(writer: Writer, items: readonly unknown[]): void {
  let separator = OPEN_BRACKET;
  for (const item of items) {
    writeByte(writer, separator);
    separator = COMMA;
    write(writer, item);
  }
  if (separator === OPEN_BRACKET) writeByte(writer, OPEN_BRACKET);
  writeByte(writer, CLOSE_BRACKET);
}

function writeObject(writer: Writer, value: Readonly<Record<string, unknown>>): void {
  const keys = Object.keys(value);
  const shape = shapeOf(keys, writer.shapes);
  if (!shape) {
    writeRareObject(writer, value, keys);
    return;
  }
  const start = writer.end;
  // What stands behind each other here and did so in the object before is copied at once.
  let runStart = 0;
  let runEnd = 0;
  for (const member of shape.members) {
    const content = value[member.key];
    if (content === undefined) continue;
    if (content === member.last && member.lastEnd > 0) {
      if (member.lastStart !== runEnd) {
        writeRun(writer, runStart, runEnd);
        runStart = member.lastStart;
      }
      runEnd = member.lastEnd;
      continue;
    }
    writeRun(writer, runStart, runEnd);
    runStart = 0;
    runEnd = 0;
    const memberStart = writer.end;
    writeBytes(writer, member.label);
    write(writer, content);
    member.last = content;
    member.lastStart = memberStart;
    member.lastEnd = writer.end;
  }
  writeRun(writer, runStart, runEnd);
  if (writer.end === start) writeByte(writer, OPEN_BRACE);
  else writer.bytes[start] = OPEN_BRACE;
  writeByte(writer, CLOSE_BRACE);
}

/** An object whose shape is not kept; its `keys` are sorted in place. */
function writeRareObject(writer: Writer, value: Readonly<Record<string, unknown>>, keys: string[]): void {
  let separator = OPEN_BRACE;
  for (const key of keys.sort()) {
    const content = value[key];
    if (content === undefined) continue;
    writeByte(writer, separator);
    separator = COMMA;
    writeText(writer, key);
    writeByte(writer, COLON);
    write(writer, content);
  }
  if (separator === OPEN_BRACE) writeByte(writer, OPEN_BRACE);
  writeByte(writer, CLOSE_BRACE);
}

/** The shape of objects with these keys; `undefined` when too many others are kept. */
function shapeOf(keys: readonly string[], shapes: Shape[][]): Shape | undefined {
  let known = shapes[keys.length];
  if (!known) {
    known = [];
    shapes[keys.length] = known;
  }
  for (const shape of known) if (isSame(shape.keys, keys)) return shape;
  if (known.length === MOST_SHAPES) return undefined;
  const members = keys.toSorted().map((key): Member => {
    return { key, label: utf8Bytes(`,${JSON.stringify(key)}:`), last: undefined, lastStart: 0, lastEnd: 0 };
  });
  const shape = { keys, members };
  known.push(shape);
  return shape;
}

/** Whether two lists of the same length are equal. */
function isSame(left: readonly string[], right: readonly string[]): boolean {
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false;
  return true;
}

/** Printable ASCII is written as it stands; `JSON.stringify` writes everything else. */
function writeText(writer: Writer, text: string): void {
  const { length } = text;
  const bytes = bufferFor(writer, length + 2);
  let end = writer.end;
  bytes[end++] = QUOTE;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code < SPACE || code > TILDE || code === QUOTE || code === BACKSLASH) {
      writeBytes(writer, utf8Bytes(JSON.stringify(text)));
      return;
    }
    bytes[end++] = code;
  }
  bytes[end++] = QUOTE;
  writer.end = end;
}

function writeAscii(writer: Writer, text: string): void {
  const bytes = bufferFor(writer, text.length);
  for (let index = 0; index < text.length; index++) bytes[writer.end++] = text.charCodeAt(index);
}

function writeByte(writer: Writer, byte: number): void {
  bufferFor(writer, 1)[writer.end++] = byte;
}

function writeBytes(writer: Writer, added: Uint8Array): void {
  const bytes = bufferFor(writer, added.length);
  // Of the few bytes that most are, a loop is faster than `set`.
  let { end } = writer;
  for (const byte of added) bytes[end++] = byte;
  writer.end = end;
}

/** Writes members that were written before; the first of them may have been the first of its object. */
function writeRun(writer: Writer, start: number, end: number): void {
  if (start === end) return;
  const bytes = bufferFor(writer, end - start);
  bytes.copyWithin(writer.end, start, end);
  bytes[writer.end] = COMMA;
  writer.end += end - start;
}

/** The buffer, with room for so many more bytes. */
function bufferFor(writer: Writer, room: number): Uint8Array {
  const { bytes, end } = writer;
  if (end + room <= bytes.length) return bytes;
  writer.bytes = new Uint8Array(Math.max(bytes.length * 2, end + room));
  writer.bytes.set(bytes.subarray(0, end));
  return writer.bytes;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const TILDE = 0x7e;
