import fc from "fast-check";
import { expect, test } from "vitest";
import { createNeedleIndex } from "../../../agent/masking/needle-index.ts";

/** What an index must find, by trying every text at every place. */
function expected(needles: readonly string[], line: string): [number, number][] {
  return [...line].flatMap((_, at): [number, number][] => {
    const here = needles.filter((needle) => line.startsWith(needle, at)).map(({ length }) => length);
    return here.length === 0 ? [] : [[at, at + Math.max(...here)]];
  });
}

function found(needles: readonly string[], line: string): [number, number][] {
  const longest = new Map<number, number>();
  createNeedleIndex(needles).visit(line, (start, end) => {
    longest.set(start, Math.max(end, longest.get(start) ?? 0));
  });
  return [...longest].sort(([a], [b]) => a - b);
}

test("finds the longest text at each place", () => {
  const unit = fc.constantFrom("a", "b", "é");
  const text = (minLength: number) => fc.string({ unit, minLength, maxLength: 40 });
  fc.assert(
    fc.property(fc.array(text(3), { maxLength: 20 }), text(0), (needles, line) => {
      const long = line + needles.join("") + line;
      expect(found(needles, long)).toEqual(expected(needles, long));
    }),
  );
});

test("texts that are too short are refused", () => {
  expect(() => createNeedleIndex(["ab"])).toThrow("2 characters");
});
