import { expect, test } from "vitest";
import { isRandomType, RANDOM_TYPES } from "../../../compiler/expression/references/random-types.ts";
import { randomValue } from "../../../functions/inputs/random-value.ts";

const STARTED = Date.parse("2026-01-15T12:30:45Z");

test.each([
  ["string", /^[A-Za-z]{10}$/],
  ["upper", /^[A-Z]{10}$/],
  ["lower", /^[a-z]{10}$/],
  ["letters", /^[A-Za-z]{10}$/],
  ["digital_letters", /^[A-Za-z0-9]{10}$/],
  ["character", /^[A-Za-z]$/],
  ["mobile", /^1[3-9][0-9]{9}$/],
  ["integer", /^[0-9]+$/],
  ["integer_1", /^[1-9]$/],
  ["integer_18", /^[1-9][0-9]{17}$/],
  ["float", /^[0-9]+(\.[0-9]+)?$/],
  ["boolean", /^(true|false)$/],
  ["timestamp", /^1768480245$/],
  ["timestamp_hour", /^1768476645$/],
  ["timestamp_ms_after_day", /^1768566645000$/],
  ["timestamp_ns", /^1768480245000000000$/],
  ["date", /^2026-01-15$/],
  ["datetime", /^2026-01-15 12:30:45$/],
  ["datetime_custom_RFC3339", /^2026-01-15T12:30:45Z$/],
])("random.%s", (type, pattern) => {
  const value = randomValue(type, "seed", STARTED);
  expect(String(value)).toMatch(pattern);
  expect(randomValue(type, "seed", STARTED)).toBe(value);
});

test.each([...RANDOM_TYPES, "integer_1", "integer_18", "datetime_custom_RFC3339"])(
  "random.%s, which the compiler lets pass, has a value",
  (type) => {
    expect(isRandomType(type)).toBe(true);
    expect(randomValue(type, "seed", STARTED)).toBeDefined();
  },
);

test.each(["integer_0", "integer_19", "timestamp_year", "uuid"])("random.%s does not exist", (type) => {
  expect(isRandomType(type)).toBe(false);
  expect(randomValue(type, "seed", STARTED)).toBeUndefined();
});
