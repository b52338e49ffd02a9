import type { RecordedEvent } from "./recording.ts";

/** The first difference between the recorded and our history, or undefined. */
export function firstDifference(
  recorded: readonly RecordedEvent[],
  actual: readonly RecordedEvent[],
): string | undefined {
  const ours = recorded.some(({ id }) => Array.isArray(id)) ? likeOrigin(actual) : actual;
  const theirs = [...recorded];
  for (const [index, event] of ours.entries()) {
    const expected = theirs[index];
    if (expected === undefined) return `has the event ${event.type} (${String(event.id)}) too many`;
    if (Array.isArray(expected.id)) {
      // Without ids the events of a Parallel state are a set.
      const found = theirs.findIndex((other, place) => place >= index && difference(other, event, "") === undefined);
      if (found < 0) return `has an event in the Parallel state that AWS has not: ${JSON.stringify(event)}`;
      theirs.splice(index, 1, ...theirs.splice(found, 1, expected));
      continue;
    }
    const found = difference(expected, event, `event ${index + 1} ${expected.type}`);
    if (found !== undefined) return found;
  }
  const missing = theirs[ours.length];
  return missing === undefined ? undefined : `lacks the event ${missing.type} (${String(missing.id)})`;
}

const PARALLEL_ENDS: ReadonlySet<string> = new Set([
  "ParallelStateSucceeded",
  "ParallelStateFailed",
  "ParallelStateExited",
]);

/**
 * What the origin does with the events between the begin and the end of a Parallel state: they lose their ids, and its
 * `ParallelStateSucceeded` falls under the table.
 */
function likeOrigin(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  let isInside = false;
  return events.flatMap((event) => {
    if (PARALLEL_ENDS.has(event.type)) isInside = false;
    if (event.type === "ParallelStateSucceeded") return [];
    const result = isInside ? { ...event, id: [0], previousEventId: 0 } : event;
    if (event.type === "ParallelStateStarted") isInside = true;
    return [result];
  });
}

/** Where two values differ; placeholders of the origin (`date`, `<uuid:1>`) stand for what differs from run to run. */
function difference(expected: unknown, actual: unknown, path: string, key = ""): string | undefined {
  if (key === "timestamp" || (isPlaceholder(expected, key) && actual !== undefined)) return undefined;
  if (typeof expected === "string" && typeof actual === "string") {
    return isSameText(expected, actual) ? undefined : show(path, expected, actual);
  }
  if (typeof actual === "string" && isStructure(expected)) {
    const parsed = parseJson(actual);
    return parsed === undefined ? show(path, expected, actual) : difference(expected, parsed, path);
  }
  if (!isStructure(expected) || !isStructure(actual))
    return expected === actual ? undefined : show(path, expected, actual);
  for (const member of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const at = `${path}.${member}`;
    const inner = difference(
      memberOf(expected, member),
      memberOf(actual, member),
      at,
      Array.isArray(expected) ? key : member,
    );
    if (inner !== undefined) return inner;
  }
  return Array.isArray(expected) === Array.isArray(actual) ? undefined : show(path, expected, actual);
}

/** Placeholders inside a text: `<uuid:1>`, and one that the origin has left without its brackets. */
const PLACEHOLDER = /<[^<>]+>|lambda_function_name/;

/** Placeholders that stand for a whole value; a header's placeholder is its own name. */
const WHOLE = new Set(["date", "timestamp", "start-date", "stop-date", "snf_role_arn"]);

function isPlaceholder(expected: unknown, key: string): boolean {
  return typeof expected === "string" && (WHOLE.has(expected) || expected === key);
}

function isSameText(expected: string, actual: string): boolean {
  if (expected === actual) return true;
  const [left, right] = [parseJson(expected), parseJson(actual)];
  if (isStructure(left) && isStructure(right)) return difference(left, right, "") === undefined;
  const parts = expected.split(PLACEHOLDER);
  if (parts.length === 1) return false;
  const pattern = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("[\\s\\S]+");
  return new RegExp(`^${pattern}$`).test(actual);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isStructure(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function memberOf(value: object, member: string): unknown {
  return Object.getOwnPropertyDescriptor(value, member)?.value;
}

function show(path: string, expected: unknown, actual: unknown): string {
  return `${path}: AWS has ${JSON.stringify(expected)}, we have ${JSON.stringify(actual)}`;
}
