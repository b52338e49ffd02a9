import { describe, expect, test } from "vitest";
import { splitTemplate } from "../../../compiler/expression/references/split-template.ts";
import { renderText, renderValue } from "../../../compiler/expression/render.ts";
import type { Scope } from "../../../compiler/expression/scope.ts";
import type { Json } from "../../../compiler/model/value.ts";
import type { PlanValue } from "../../../compiler/plan/plan.ts";
import { scopeOf, textContext } from "./expressions.ts";

const scope = scopeOf({
  "outputs.build.count": 5,
  "outputs.build.big": 1e21,
  "outputs.build.small": 1.5e-7,
  "outputs.build.list": ["a", 1],
  "outputs.build.map": { a: true },
  "outputs.build.nothing": null,
  "outputs.build.text": 'say "hi"\n\\',
  "outputs.build.odd": "\u0001\u007f\u200b\u{e0001}é🛒",
  "outputs.build.controls": '\u0007\b\f\n\r\t\v\\"\uffff',
  "outputs.build.tiny": -1.25e-9,
  "outputs.build.huge": -1.25e21,
  "params.target": "production",
});

function template(text: string): PlanValue {
  return { kind: "template", parts: splitTemplate(text, textContext(text, "value")), place: { line: 3, column: 7 } };
}

test.each<readonly [string, Json]>([
  ["${{ outputs.build.count }}", 5],
  ["${{ outputs.build.list }}", ["a", 1]],
  ["${{ outputs.build.nothing }}", null],
  ["n=${{ outputs.build.count }}", "n=5"],
  ["n=${{ outputs.build.big }}", "n=1000000000000000000000"],
  ["n=${{ outputs.build.small }}", "n=0.00000015"],
  ["n=${{ outputs.build.tiny }}", "n=-0.00000000125"],
  ["n=${{ outputs.build.huge }}", "n=-1250000000000000000000"],
  ["l=${{ outputs.build.list }}", 'l=["a",1]'],
  ["m=${{ outputs.build.map }}", 'm={"a":true}'],
  ["x${{ outputs.build.nothing }}y", "xy"],
  ["${params.target}/${{ params.target }}", "production/production"],
  // A modifier keeps text text; its quotes stand only inside other text.
  ["${{ outputs.build.count.escape }}", "5"],
  ['{"a": ${{ outputs.build.text.escape }}}', '{"a": "say \\"hi\\"\\n\\\\"}'],
  ["a=${{ params.target.wrap_single_quotes }}", "a='production'"],
  ["a=${{ params.target.wrap_double_quotes }}", 'a="production"'],
])("%s", (text, value) => {
  expect(renderValue(template(text), scope)).toEqual({ ok: true, value });
});

describe("renderText", () => {
  test.each([
    ["${{ outputs.build.text.escape }}", '"say \\"hi\\"\\n\\\\"'],
    ["${{ outputs.build.odd.escape }}", '"\\x01\\x7f\\u200b\\U000e0001é🛒"'],
    ["${{ outputs.build.controls.escape }}", '"\\a\\b\\f\\n\\r\\t\\v\\\\\\"\\uffff"'],
    ["${{ params.target.wrap_single_quotes }}", "'production'"],
    ["${{ outputs.build.count }}", "5"],
    ["${{ outputs.build.nothing }}", ""],
    ["${{ outputs.build.map }}", '{"a":true}'],
  ])("%s", (text, value) => {
    expect(renderText(template(text), scope)).toEqual({ ok: true, value });
  });

  test("takes constants too, and a missing value says where", () => {
    expect(renderText({ kind: "literal", value: 2 }, scope)).toEqual({ ok: true, value: "2" });
    expect(renderText(template("${{ outputs.build.gone }}"), scope)).toMatchObject({
      ok: false,
      place: { line: 3, column: 7 },
    });
  });
});

describe("renderValue", () => {
  test("goes through lists and maps", () => {
    const value: PlanValue = {
      kind: "map",
      entries: [
        { key: "replicas", value: template("${{ outputs.build.count }}") },
        {
          key: "names",
          value: { kind: "list", items: [{ kind: "literal", value: null }, template("a${params.target}")] },
        },
      ],
    };
    expect(renderValue(value, scope)).toEqual({ ok: true, value: { replicas: 5, names: [null, "aproduction"] } });
  });

  test("a missing value says where, also alone and inside of maps", () => {
    const gone = template("${{ outputs.build.gone }}");
    const failure = { ok: false, message: "There is no outputs.build.gone.", place: { line: 3, column: 7 } };
    expect(renderValue(gone, scope)).toEqual(failure);
    const map: PlanValue = { kind: "map", entries: [{ key: "gone", value: gone }] };
    expect(renderValue(map, scope)).toEqual(failure);
    expect(renderText(map, scope)).toEqual(failure);
    const told: Scope = { ...scope, resolve: () => ({ kind: "missing", reason: "The run has no such output." }) };
    expect(renderValue(gone, told)).toMatchObject({ message: "The run has no such output." });
  });

  test("a missing value says where", () => {
    const value: PlanValue = { kind: "list", items: [template("x ${{ outputs.build.gone }}")] };
    expect(renderValue(value, scope)).toEqual({
      ok: false,
      message: "There is no outputs.build.gone.",
      place: { line: 3, column: 7 },
    });
  });
});
