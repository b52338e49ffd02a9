import { describe, expect, test } from "vitest";
import { compile } from "../../compiler/index.ts";
import { positionOf } from "../../compiler/source/line-map.ts";
import { SHOP_CONTEXT } from "./compile-context.ts";
import { MARK, MISTAKES, WHOLE_FILES } from "./mistakes.ts";

/** `line:column` of every mark, and the text without them. */
function unmark(marked: string): { readonly text: string; readonly places: readonly string[] } {
  const [first = "", ...others] = marked.split(MARK);
  const places: string[] = [];
  let text = first;
  for (const piece of others) {
    places.push(placeAt(text, text.length));
    text += piece;
  }
  return { text, places };
}

function placeAt(text: string, offset: number): string {
  const { line, column } = positionOf({ name: "pipeline.yaml", text }, offset);
  return `${line}:${column}`;
}

/** `line:column code` of all that is said of a text. */
function found(text: string): readonly string[] {
  const { diagnostics } = compile({ name: "pipeline.yaml", text }, SHOP_CONTEXT);
  return diagnostics.map(({ code, span }) => `${placeAt(text, span.start)} ${code}`);
}

/** The marks in their order, each with its code. */
function expected(marked: string, codes: readonly string[]): readonly string[] {
  return unmark(marked).places.map((place, index) => `${place} ${codes[index]}`);
}

describe("a mistake is told with its code, line and column, and nothing else is", () => {
  test.each(MISTAKES)("$what: $code", ({ code, text }) => {
    expect(found(unmark(text).text)).toEqual(expected(text, [code]));
  });
});

describe("together with two others all three are told, and nothing else is", () => {
  test.each(MISTAKES)("$what: $code", ({ codes, withOthers }) => {
    expect(found(unmark(withOthers).text)).toEqual(expected(withOthers, codes));
  });
});

describe("a file that is no pipeline", () => {
  test.each(WHOLE_FILES)("$what: $code", ({ code, text }) => {
    expect(found(unmark(text).text)).toEqual(expected(text, [code]));
  });
});
