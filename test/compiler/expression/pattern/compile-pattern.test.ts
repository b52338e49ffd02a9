import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePattern } from "../../../../compiler/expression/pattern/compile-pattern.ts";

function matches(source: string, text: string): boolean {
  const pattern = compilePattern(source);
  if (!pattern.ok) throw new Error(pattern.reason);
  return pattern.occursIn(text);
}

test.each([
  ["release", "x release y", true],
  ["^release/", "release/1.0", true],
  ["^release/", "a release/1.0", false],
  ["^v\\d+\\.\\d+$", "v1.20", true],
  ["^v\\d+\\.\\d+$", "v1x20", false],
  ["^(main|develop)$", "develop", true],
  ["^a{2,3}$", "aaaa", false],
  ["^a{2,3}$", "aaa", true],
  ["^a{2,}$", "aaaaa", true],
  ["^a{0}$", "", true],
  ["a{x}", "a{x}", true],
  ["[^a-c]", "abc", false],
  ["[]a]", "]", true],
  ["[a-]", "-", true],
  ["[[:alpha:]_]+", "9_", true],
  ["^[\\w.-]+$", "a.b-c", true],
  ["(?i)MAIN", "main", true],
  ["(?i:M)ain", "Main", true],
  ["(?m)^b$", "a\nb\nc", true],
  ["a.c", "a\nc", false],
  ["(?s)a.c", "a\nc", true],
  ["\\bshop\\b", "the shop.", true],
  ["\\bshop\\b", "workshop", false],
  ["\\Bhop", "shop", true],
  ["\\Bshop", "the shop", false],
  ["^a\\sb$", "a\tb", true],
  ["^\\S$", "\n", false],
  ["(?P<name>x)y", "xy", true],
  ["\\x41\\x{42}", "AB", true],
  ["^\\p{Han}+$", "构建", true],
  ["^\\PL$", "1", true],
  ["a+?b*?", "b a", true],
  ["|x", "", true],
  ["^$", "", true],
])("%s in %j: %s", (source, text, expected) => {
  expect(matches(source, text)).toBe(expected);
});

test("a long one is refused", () => {
  expect(compilePattern("a".repeat(1000)).ok).toBe(true);
  expect(compilePattern("a".repeat(1001))).toEqual({ ok: false, reason: "it is longer than 1000 characters" });
});

test.each([
  "\\x4",
  "\\x{110000}",
  "(",
  ")",
  "[a",
  "*a",
  "a**",
  "a\\",
  "(?=a)",
  "(?<!a)",
  "\\1",
  "[z-a]",
  "a{1001}",
  "a{3,2}",
  "\\p{Nope}",
])("%s is refused", (source) => {
  expect(compilePattern(source).ok).toBe(false);
});

describe("no pattern takes long", () => {
  test.each([["(a+)+$"], ["(a|aa)+$"], ["(a*)*b"], ["(.*a){20}"], ["(x+x+)+y"]])("%s", (source) => {
    expect(matches(source, `${"a".repeat(5000)}!`)).toBe(source === "(.*a){20}");
  });

  test.each(["((((a{1000}){1000}){1000}){1000})", "(((a{0}){1000}){1000}){1000}", "(".repeat(500)])("%s", (source) => {
    expect(compilePattern(source).ok).toBe(false);
  });
});

test("agrees with JavaScript on patterns that both know", () => {
  const atom = fc.constantFrom("a", "b", ".", "[ab]", "[^a]", "\\d", "(a|b)", "(?:ab)", "^", "$");
  const piece = fc.tuple(atom, fc.constantFrom("", "*", "+", "?", "{1,2}")).map(([one, times]) => {
    return one === "^" || one === "$" ? one : one + times;
  });
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join("")),
      fc.string({ unit: fc.constantFrom("a", "b", "1"), maxLength: 8 }),
      (source, text) => {
        expect(matches(source, text)).toBe(new RegExp(source).test(text));
      },
    ),
    { numRuns: 1000 },
  );
});

test("any pattern is compiled or refused", () => {
  const bits = fc.constantFrom(
    "a",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "1",
    ",",
    "*",
    "+",
    "?",
    "\\",
    "|",
    "^",
    "$",
    "-",
    ":",
    "P",
    "<",
    ">",
    "i",
  );
  fc.assert(
    fc.property(
      fc.array(bits).map((parts) => parts.join("")),
      (source) => {
        const pattern = compilePattern(source);
        if (pattern.ok) pattern.occursIn("a1(b]-");
      },
    ),
    { numRuns: 2000 },
  );
});
