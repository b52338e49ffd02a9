/**
 * What a plain scalar means to Erda's YAML library (yaml.v3): the core schema plus 0b/0o/0x, underscores in numbers
 * and a leading 0 for octal. `yes`, `on` and their kin are text here; a boolean field accepts them by itself.
 * Dates stay text. Source: reference/erda.md 1.3.
 */
export function meaningOfPlain(text: string): null | boolean | number | string {
  if (NULLS.has(text)) return null;
  const boolean = BOOLEANS.get(text);
  if (boolean !== undefined) return boolean;
  return numberOf(text) ?? text;
}

const NULLS = new Set(["", "~", "null", "Null", "NULL"]);

const BOOLEANS = new Map([
  ["true", true],
  ["True", true],
  ["TRUE", true],
  ["false", false],
  ["False", false],
  ["FALSE", false],
]);

const YAML_1_1_BOOLEANS = new Map([
  ["y", true],
  ["yes", true],
  ["on", true],
  ["n", false],
  ["no", false],
  ["off", false],
]);

/** `yes`, `No`, `ON` …: accepted from an unquoted scalar where a boolean is expected. */
export function yaml11Boolean(text: string): boolean | undefined {
  return YAML_1_1_BOOLEANS.get(text.toLowerCase());
}

const INFINITIES = new Map([
  [".inf", Number.POSITIVE_INFINITY],
  ["+.inf", Number.POSITIVE_INFINITY],
  ["-.inf", Number.NEGATIVE_INFINITY],
]);

function numberOf(text: string): number | string | undefined {
  if (!/^[-+.\d]/.test(text)) return undefined;
  const lower = text.toLowerCase();
  // JSON has no infinity and no NaN, so they stay text in values; a number field refuses them.
  if (INFINITIES.has(lower) || lower === ".nan") return text;
  const plain = text.replaceAll("_", "");
  const negative = plain.startsWith("-");
  const digits = plain.replace(/^[-+]/, "");
  let value: number | undefined;
  if (/^0b[01]+$/.test(digits)) value = Number.parseInt(digits.slice(2), 2);
  else if (/^0o?[0-7]+$/.test(digits)) value = Number.parseInt(digits.replace(/^0o?/, ""), 8);
  else if (/^0x[\da-fA-F]+$/.test(digits)) value = Number.parseInt(digits.slice(2), 16);
  else if (/^(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/.test(digits)) value = Number(digits);
  if (value === undefined || !Number.isFinite(value)) return undefined;
  // An integer beyond 2^53 (a chat id, a long key) would change its digits as a number.
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && /^\d+$/.test(digits)) return undefined;
  return negative ? -value : value;
}
