import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assignNameKeys, LONGEST_NAME_KEY } from "../../../compiler/keys/name-keys.ts";

const keyOf = (name: string) => assignNameKeys([name]).get(name);

describe("assignNameKeys", () => {
  test.each(["build", "Build_2", "unit-test", "a".repeat(60)])("a name that is a key stays as it is: %s", (name) => {
    expect(keyOf(name)).toBe(name);
  });

  test.each([
    ["../x", /^x-[0-9a-f]{8}$/],
    ["a/b", /^a-b-[0-9a-f]{8}$/],
    ["构建 一号", /^action-[0-9a-f]{8}$/],
    ["build erda", /^build-erda-[0-9a-f]{8}$/],
    ["", /^action-[0-9a-f]{8}$/],
    ["..", /^action-[0-9a-f]{8}$/],
    ["-rf", /^rf-[0-9a-f]{8}$/],
    ["shop".repeat(75), /^(shop){12}sho-[0-9a-f]{8}$/],
  ])("%j is made safe", (name, pattern) => {
    expect(keyOf(name)).toMatch(pattern);
  });

  test("names that differ only in what is lost get different keys", () => {
    const keys = assignNameKeys(["a/b", "a b", "a-b", "a?b"]);
    expect(new Set(keys.values()).size).toBe(4);
    expect(keys.get("a-b")).toBe("a-b");
  });

  test("names that differ only by case get keys that differ in more", () => {
    const keys = [...assignNameKeys(["build", "Build", "deploy"]).values()];
    expect(new Set(keys.map((key) => key.toLowerCase())).size).toBe(3);
    expect(keys[2]).toBe("deploy");
  });

  test("a name that looks like another's key moves away", () => {
    const taken = keyOf("a/b") ?? "";
    const keys = assignNameKeys(["a/b", taken]);
    expect(keys.get("a/b")).toBe(taken);
    expect(keys.get(taken)).not.toBe(taken);
  });

  test("names whose hashes begin alike are numbered", () => {
    expect([...assignNameKeys(["构集发包", "构准下部"])]).toEqual([
      ["构集发包", "action-25622f55"],
      ["构准下部", "action-25622f55-2"],
    ]);
  });

  test("any names: safe, unique without regard to case, independent of order", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("__proto__", "A", "a", "con/", "con?"))),
        (names) => {
          const keys = assignNameKeys(names);
          expect(keys.size).toBe(names.length);
          for (const key of keys.values()) {
            expect(key).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_-]*$/);
            expect(key.length).toBeLessThanOrEqual(LONGEST_NAME_KEY);
          }
          expect(new Set([...keys.values()].map((key) => key.toLowerCase())).size).toBe(names.length);
          expect(new Map(assignNameKeys([...names].reverse()))).toEqual(new Map(keys));
        },
      ),
    );
  });
});
