import { expect, test } from "vitest";
import { maskOutput } from "../../../agent/masking/mask-output.ts";

const mask = (text: string) => text.replaceAll("s3cret", "***").replaceAll("4711", "***");

test.each([
  ["a text", "x s3cret", "x ***"],
  [
    "lists and maps",
    { urls: ["https://s3cret@shop", 1, null], ok: true },
    { urls: ["https://***@shop", 1, null], ok: true },
  ],
  ["a name in a map", { s3cret: 1 }, { "***": 1 }],
  ["a number", { pin: 4711 }, { pin: "***" }],
])("masks %s", (_what, value, masked) => {
  expect(maskOutput({ name: "version", value }, mask)).toEqual({ name: "version", value: masked });
});

test("masks the name", () => {
  expect(maskOutput({ name: "s3cret", value: "1" }, mask)).toEqual({ name: "***", value: "1" });
});

test.each([["plain"], [12.5], [true], [null], [{ a: ["b", { c: 1 }] }]])("%j stays the very same entry", (value) => {
  const entry = { name: "version", value };
  expect(maskOutput(entry, mask)).toBe(entry);
});
