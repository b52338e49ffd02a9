import { describe, expect, test } from "vitest";
import { isBrokenJson, parseMetafile, parseMetaLine } from "../../../agent/outputs/metadata.ts";

describe("parseMetaLine", () => {
  test.each([
    ["action meta: version=1.0", { name: "version", value: "1.0" }],
    ["action meta:version=a=b ", { name: "version", value: "a=b " }],
    ["action meta: empty=", { name: "empty", value: "" }],
    [" action meta: version=1.0", undefined],
    ["action meta: version", undefined],
    ["action meta: =x", undefined],
    ["version=1.0", undefined],
  ])("%j", (line, expected) => {
    expect(parseMetaLine(line)).toEqual(expected);
  });
});

describe("parseMetafile", () => {
  test.each([
    [
      "lines",
      "a=1\nb = 2\r\n\nno pair\n",
      [
        { name: "a", value: "1" },
        { name: "b", value: " 2" },
      ],
    ],
    [
      "a last line without its end",
      "a=1\nb=2",
      [
        { name: "a", value: "1" },
        { name: "b", value: "2" },
      ],
    ],
    [
      "Erda's JSON",
      '{"metadata":[{"name":"a","value":"1","type":"x"},{"name":"n","value":2},{"name":"none"}]}',
      [
        { name: "a", value: "1" },
        { name: "n", value: 2 },
        { name: "none", value: "" },
      ],
    ],
    [
      "a flat object",
      '{"a":"1","n":2,"list":[true]}\n',
      [
        { name: "a", value: "1" },
        { name: "n", value: 2 },
        { name: "list", value: [true] },
      ],
    ],
    ["a flat object with a key metadata", '{"metadata":"x"}', [{ name: "metadata", value: "x" }]],
    [
      "lines of JSON and pairs",
      '{"a":1}\nb=2\n{"c":3}\n',
      [
        { name: "a", value: 1 },
        { name: "b", value: "2" },
        { name: "c", value: 3 },
      ],
    ],
    ["broken JSON as nothing", '{"a":', []],
    ["nothing", "", []],
  ])("reads %s", (_what, text, expected) => {
    expect(parseMetafile(text, true)).toEqual(expected);
  });

  test.each([
    ['{"metadata":[', true],
    [' \n{"a":1}x', true],
    ['{"a":1}', false],
    ['{"a":1}\nb=2', false],
    ["a={", false],
    ["", false],
  ])("%j is broken JSON: %j", (text, broken) => {
    expect(isBrokenJson(text)).toBe(broken);
  });

  test("leaves what is not finished for later", () => {
    expect(parseMetafile("a=1\nb=2", false)).toEqual([{ name: "a", value: "1" }]);
    expect(parseMetafile('{"metadata":[{"name":"a","va', false)).toEqual([]);
  });
});
