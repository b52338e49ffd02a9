import { expect, test } from "vitest";
import { fixFile } from "../../../compiler/index.ts";
import { SHOP_CONTEXT } from "../compile-context.ts";

const V = "${{ params.note }}";

function fileOf(commands: string) {
  const text = `version: "1.1"
params: [{name: note, default: x}]
stages:
- stage:
  - custom-script:
      commands: |
        ${commands}
`;
  return { name: "pipeline.yaml", text };
}

test.each([
  [`printf "${V}\\n"`, `printf '%s\\n' "${V}"`],
  [`printf "${V}"`, `printf '%s' "${V}"`],
  [`printf "note: ${V} (${V})\\n" > note`, `printf '%s\\n' "note: ${V} (${V})" > note`],
])("%s is mended", (before, after) => {
  expect(fixFile(fileOf(before), SHOP_CONTEXT).file.text).toBe(fileOf(after).text);
});

test.each([
  ["arguments are given", `printf "${V}: %s" x`],
  ["the format holds more", `printf "${V}\\t100%%"`],
  ["the shell expands more", `printf "${V} $HOME"`],
  ["there are no quotes", `printf ${V}`],
  ["a value is printed there", `printf "$(echo ${V})"`],
])("nothing is changed where %s", (_, commands) => {
  expect(fixFile(fileOf(commands), SHOP_CONTEXT).file.text).toBe(fileOf(commands).text);
});
