import { describe, expect, test } from "vitest";
import { createMasker } from "../../../agent/masking/mask.ts";
import { MASK } from "../../../agent/protocol.ts";

const masked = (secrets: readonly string[], line: string) => createMasker(secrets).mask(line);

describe("masking", () => {
  test.each([
    ["every occurrence", ["s3cret"], "s3cret and s3cret", `${MASK} and ${MASK}`],
    ["inside of words", ["s3cret"], "xs3crety", `x${MASK}y`],
    ["secrets that touch, as one", ["abcd", "efgh"], "-abcdefgh-", `-${MASK}-`],
    ["secrets that overlap", ["abcdef", "defghi"], "-abcdefghi-", `-${MASK}-`],
    ["secrets within secrets", ["token", "my token here"], "my token here", MASK],
    ["characters of regular expressions", ["a.b*c[d]\\e$"], "a.b*c[d]\\e$ axb", `${MASK} axb`],
    [
      "with colours in it",
      ["hunter2-token"],
      "a \u001b[1mhunter\u001b[0m2-token\u001b[K b",
      `a \u001b[1m${MASK}\u001b[K b`,
    ],
    ["with control characters in it", ["hunter2"], "\u0007hun\u0000t\u001b]8;;x\u0007er2\u0008", `\u0007${MASK}\u0008`],
    ["nothing without a secret", ["s3cret"], "secret", "secret"],
    ["nothing without secrets", [], "anything", "anything"],
    ["no secret below three characters", ["no", "x", ""], "no x", "no x"],
    ["a secret of three characters", ["abc"], "-abc-", `-${MASK}-`],
    ["a secret without its surrounding blanks", ["  padded\n"], "is padded.", `is ${MASK}.`],
    ["each line of a secret of several lines", ["first line\nsecond line\r\nx"], "second line", MASK],
    ["JSON strings", ['say "hi"\nbye'], '{"a":"say \\"hi\\"\\nbye"}', `{"a":"${MASK}"}`],
    ["JSON strings in ASCII", ["schlüssel/1"], '"schl\\u00fcssel/1"', `"${MASK}"`],
    ["JSON strings with escaped slashes", ["key/1"], '"key\\/1"', `"${MASK}"`],
    ["JSON strings after an echo that reads backslashes", ['a"b\\c'], '"a\\"b\\c"', `"${MASK}"`],
    ["JSON inside of JSON", ['a"b\\c'], JSON.stringify(JSON.stringify('a"b\\c')), `"\\"${MASK}\\""`],
    ["what Python shows", [`it's "mine"`], `{'t': 'it\\'s "mine"'}`, `{'t': '${MASK}'}`],
    ["what a shell prints for set -x", ["it's mine"], "+ echo 'it'\\''s mine'", `+ echo '${MASK}'`],
    ["URLs", ["p@ss/w rd!"], "http://x/?p=p%40ss%2Fw%20rd!&q", `http://x/?p=${MASK}&q`],
    ["URLs in lower case", ["p@ss/w"], "p%40ss%2fw", MASK],
    ["URLs that keep slashes", ["p@ss/w"], "p%40ss/w", MASK],
    ["forms", ["p@ss w"], "p%40ss+w", MASK],
  ])("%s", (_what, secrets, line, expected) => {
    expect(masked(secrets, line)).toBe(expected);
  });
});

describe("base64", () => {
  const secret = "hunter2-hunter2";

  test.each([0, 1, 2, 3, 4])("after %i other bytes", (before) => {
    for (const after of [0, 1, 2]) {
      const encoded = Buffer.from("x".repeat(before) + secret + "y".repeat(after)).toString("base64");
      const line = masked([secret], `data: ${encoded}`);
      // At most the three characters at either end that also hold the neighbours' bits may stay.
      expect(line).toMatch(/^data: [A-Za-z0-9+/]{0,8}\*{6}[A-Za-z0-9+/=]{0,6}$/);
    }
  });

  test("with the alphabet of URLs", () => {
    const odd = "\u00fb\u00ff\u00be~~>>??";
    expect(masked([odd], Buffer.from(odd).toString("base64url"))).toMatch(/^\*{6}[A-Za-z0-9_-]?$/);
  });

  test("wrapped at 64 and 76 characters, at any alignment", () => {
    const token = Array.from({ length: 300 }, (_, index) => String.fromCharCode(33 + ((index * 37) % 90))).join("");
    const masker = createMasker([token]);
    for (const width of [64, 76]) {
      for (let before = 0; before < 60; before += 1) {
        const encoded = Buffer.from("x".repeat(before) + token).toString("base64");
        const lines = encoded.match(new RegExp(`.{1,${width}}`, "g")) ?? [];
        const left = lines.map((line) => masker.mask(line)).join("\n");
        // Pieces below 15 characters at the ends of the text may stay.
        const pieces = left.split(/[\n*]+/).filter((piece) => !/^[eHh4x]*$/.test(piece));
        expect(
          Math.max(0, ...pieces.filter((piece) => !encoded.startsWith(piece)).map((piece) => piece.length)),
        ).toBeLessThan(20);
      }
    }
  });
});

describe("safeCut", () => {
  test("never cuts a secret, nor what may become one", () => {
    const masker = createMasker(["s3cret-token"]);
    for (let at = 0; at < 60; at += 1) {
      const text = `${"z".repeat(at)}s3cret-token${"z".repeat(60 - at)}`;
      const cut = masker.safeCut(text);
      expect(masker.mask(text.slice(0, cut)) + masker.mask(text.slice(cut))).not.toContain("s3c");
      expect(text.length - cut).toBeLessThanOrEqual(2 * masker.longest);
    }
  });
});

describe("large secrets", () => {
  const line = (n: number) => `key ${n}: ${"'\"$`\\".repeat(4)}${(n * 7919).toString(36)}é`;
  const large = Array.from({ length: 12_000 }, (_, n) => line(n)).join("\n");

  test("600 KB in many lines: each line, and base64 of the whole in lines of 76", () => {
    expect(Buffer.byteLength(large)).toBeGreaterThan(400_000);
    const masker = createMasker([large]);
    expect(masker.mask(`+ echo ${line(7)} ${line(11_999)}`)).toBe(`+ echo ${MASK} ${MASK}`);
    expect(masker.mask(JSON.stringify(large))).toBe(`"${MASK}"`);
    expect(masker.mask("nothing of it")).toBe("nothing of it");
    const wrapped =
      Buffer.from(large)
        .toString("base64")
        .match(/.{1,76}/g) ?? [];
    for (const part of wrapped.slice(0, 500)) {
      expect(masker.mask(part)).toBe(MASK);
    }
  });

  test("600 KB in one line, the same again and again", () => {
    const secret = "a'b\"c$(touch pwned)`;touch pwned #{% $states.context %} *\\n".repeat(10_000);
    const masker = createMasker([secret]);
    expect(masker.mask(`<${secret}>`)).toBe(`<${MASK}>`);
    expect(masker.mask(Buffer.from(secret).toString("base64"))).toMatch(/^\*{6}=*$/);
  });
});
