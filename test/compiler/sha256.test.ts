import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { chooseHash, sha256Hex } from "../../compiler/sha256.ts";

const TEXTS = ["", "shop", "构建 🛒"];
const bytesOf = (text: string) => new TextEncoder().encode(text);
const expected = TEXTS.map((text) => createHash("sha256").update(text).digest("hex"));

test("of texts and of their bytes", () => {
  expect(TEXTS.map((text) => sha256Hex(text))).toEqual(expected);
  expect(TEXTS.map((text) => sha256Hex(bytesOf(text)))).toEqual(expected);
});

test.each([
  ["in Node", process],
  ["in Node before 20.16", {}],
  ["in a browser", undefined],
])("%s it is the same", (_, given) => {
  expect(TEXTS.map((text) => chooseHash(given)(bytesOf(text)))).toEqual(expected);
});
