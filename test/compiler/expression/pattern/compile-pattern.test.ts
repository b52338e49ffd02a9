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
  ["^ab?$", "a", true],
  ["^ab?$", "abb", false],
  ["\\Ab", "ab", false],
  ["b\\z", "ba", false],
  ["^\\a\\f\\n\\r\\t\\v$", "\u0007\f\n\r\t\v", true],
  ["^\\w{5}$", "09_Az", true],
  ["^\\w{2}$", "aZ", true],
  ["\\w", "/:@[`{é", false],
  ["\\W", "09_AZaz", false],
  ["^\\d+$", "0189", true],
  ["\\d", "/:a", false],
  ["\\D", "09", false],
  ["[b-d]", "aef", false],
  ["^[b-d]+$", "bcd", true],
  ["^x(?i)y$", "xY", true],
  ["^x(?i)y$", "Xy", false],
  ["^(?i)a(?-i)b$", "Ab", true],
  ["^(?i)a(?-i)b$", "AB", false],
  ["^(?i:a)b$", "AB", false],
  ["(?i)^[a-c]$", "B", true],
  ["(?i)^[a-c]$", "D", false],
  ["(?i)^ß$", "ß", true],
  ["(?i)^ß$", "s", false],
  ["(?m)^a", "xa", false],
  ["(?m)^a", "a", true],
  ["(?m)^a", "x\na", true],
  ["(?m)a$", "a\nx", true],
  ["(?m)a$", "ax", false],
  ["^\\x4a\\x{1F6D2}$", "J🛒", true],
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

test.each([
  ["alnum", "azAZ09", "-_ "],
  ["alpha", "azAZ", "09_"],
  ["blank", " \t", "\n\r"],
  ["digit", "0123456789", "aA-"],
  ["lower", "az", "AZ0"],
  ["punct", "!/:@[`{~", "a0 "],
  ["space", "\t\n\v\f\r ", "a0_"],
  ["upper", "AZ", "az0"],
  ["word", "azAZ09_", "- ."],
  ["xdigit", "09afAF", "gG-"],
])("[[:%s:]] has %j and not %j", (name, members, others) => {
  expect(matches(`^[[:${name}:]]+$`, members)).toBe(true);
  expect(matches(`[[:${name}:]]`, others)).toBe(false);
  expect(matches(`[[:^${name}:]]`, members)).toBe(false);
  expect(matches(`^[[:^${name}:]]+$`, others)).toBe(true);
});

test.each([
  ["[a", 'a "[" is not closed'],
  ["[a-", 'a "[" is not closed'],
  ["[", 'a "[" is not closed'],
  ["(a", 'a "(" is not closed'],
  ["a)", 'there is a ")" without "("'],
  ["*a", '"*" has nothing to repeat'],
  ["a**", "two repetitions stand one after the other"],
  ["a\\", "it ends with a backslash"],
  ["\\1", '"\\1" is not supported'],
  ["\\xg41", '"\\x" needs two hexadecimal digits'],
  ["\\pg{L}", '"\\p" names no class of characters'],
  ["(?=a)", "look-around and conditions are not supported"],
  ["[z-a]", "a range of characters runs backwards"],
  ["[a-\\d]", "a range of characters runs backwards"],
  ["a{1001}", '"{1001}" is not a repetition of at most 1000'],
  ["a{3,2}", '"{3,2}" is not a repetition of at most 1000'],
  ["a{2,1001}", '"{2,1001}" is not a repetition of at most 1000'],
  ["(".repeat(101), "it is nested too deeply"],
  ["((a{1000}){1000})", "its repetitions make it too large"],
  ["(((a{0}){1000}){1000}){1000}", "its repetitions make it too large"],
])("why %s is refused", (source, reason) => {
  expect(compilePattern(source)).toEqual({ ok: false, reason });
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
