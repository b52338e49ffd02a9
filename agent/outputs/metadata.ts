import type { OutputEntry } from "../protocol.ts";

/** Prefix of a line on stdout or stderr that puts out a value. Source: reference/erda.md 1.17. */
const META_PREFIX = "action meta:";

/** Reads `action meta: key=value`: `undefined` where it has no `key=`, and for any line that does not begin so. */
export function parseMetaLine(line: string): OutputEntry | undefined {
  return isMetaLine(line) ? parsePair(line.slice(META_PREFIX.length)) : undefined;
}

/** Whether a line is meant to put a value out. */
export function isMetaLine(line: string): boolean {
  return line.startsWith(META_PREFIX);
}

/**
 * Reads the METAFILE: JSON `{"metadata": [{"name", "value"}]}`, one flat JSON object, or lines `key=value` (a line may
 * also be a JSON object). While the scripts still write (`complete` is false), a line without its line feed and JSON
 * without its end are left for later.
 */
export function parseMetafile(text: string, complete: boolean): OutputEntry[] {
  const whole = text.trimStart().startsWith("{") ? parseObject(text) : undefined;
  if (whole !== undefined) {
    return whole;
  }
  const end = complete ? text.length : text.lastIndexOf("\n") + 1;
  return text
    .slice(0, end)
    .split("\n")
    .flatMap((line) => (line.trimStart().startsWith("{") ? parseObject(line) : undefined) ?? parsePair(line) ?? []);
}

/** Numbers (from 1) of the lines of a METAFILE that put nothing out although something stands in them. */
export function unreadLines(text: string): readonly number[] {
  if (text.trimStart().startsWith("{")) {
    return [];
  }
  return text.split("\n").flatMap((line, index) => {
    const isRead = line.trim() === "" || line.startsWith("#") || line.trimStart().startsWith("{") || parsePair(line);
    return isRead ? [] : [index + 1];
  });
}

/** Whether a METAFILE begins like JSON, and neither it nor its first line is a JSON object. */
export function isBrokenJson(text: string): boolean {
  const start = text.trimStart();
  return (
    start.startsWith("{") && parseObject(text) === undefined && parseObject(start.split("\n", 1)[0] ?? "") === undefined
  );
}

function parsePair(line: string): OutputEntry | undefined {
  const at = line.indexOf("=");
  const name = line.slice(0, Math.max(at, 0)).trim();
  if (name === "") {
    return undefined;
  }
  const value = line.slice(at + 1);
  return { name, value: value.endsWith("\r") ? value.slice(0, -1) : value };
}

function parseObject(text: string): OutputEntry[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(parsed)) {
    return undefined;
  }
  const list = parsed["metadata"];
  if (Array.isArray(list) && list.every((item) => isRecord(item) && typeof item["name"] === "string")) {
    return list.map((item) => ({ name: item["name"], value: item["value"] ?? "" }));
  }
  return Object.entries(parsed).map(([name, value]) => ({ name, value }));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
