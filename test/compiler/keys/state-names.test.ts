import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createStateNames, LONGEST_STATE_NAME } from "../../../compiler/keys/state-names.ts";

describe("createStateNames", () => {
  test.each(["build", "构建 一号", "v1.2_final-3"])("a legal name is kept: %s", (name) => {
    expect(createStateNames().allocate(name)).toBe(name);
  });

  test.each([
    ["../x", /^\.\.-x-[0-9a-f]{8}$/],
    ["a/b", /^a-b-[0-9a-f]{8}$/],
    ["{% $eval(1) %}", /^- -eval-1- --[0-9a-f]{8}$/],
    ["   ", /^action-[0-9a-f]{8}$/],
  ])("%j is made legal", (wanted, pattern) => {
    expect(createStateNames().allocate(wanted)).toMatch(pattern);
  });

  test("a long name is cut, but no character of it", () => {
    const given = createStateNames().allocate(`${"x".repeat(70)}𠮷${"x".repeat(30)}`);
    expect(given).toMatch(/^x{70}-[0-9a-f]{8}$/);
  });

  test("a taken name gets a suffix, again and again", () => {
    const names = createStateNames();
    const given = [1, 2, 3, 4].map(() => names.allocate("end of run"));
    const [, hash] = /-([0-9a-f]{8})$/.exec(given[1] ?? "") ?? [];
    expect(given).toEqual(["", `-${hash}`, `-${hash}-2`, `-${hash}-3`].map((suffix) => `end of run${suffix}`));
  });

  test("any wishes: legal, at most 80 characters, never twice", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary", maxLength: 200 })), (wishes) => {
        const names = createStateNames();
        const given = wishes.map((wanted) => names.allocate(wanted));
        expect(new Set(given).size).toBe(wishes.length);
        for (const name of given) {
          expect(name).toMatch(/^[\p{L}\p{N} \-_.]+$/u);
          expect(name.length).toBeLessThanOrEqual(LONGEST_STATE_NAME);
        }
      }),
    );
  });
});
