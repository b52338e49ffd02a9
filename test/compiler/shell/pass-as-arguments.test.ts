import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { compile, fixFile } from "../../../compiler/index.ts";
import { SHOP_CONTEXT } from "../compile-context.ts";
import { HOSTILE } from "./generated/hostile-values.ts";

const V = "${{ params.note }}";

function fileOf(commands: string, write: (commands: string) => string = (text) => `|\n            ${text}`) {
  const text = `version: "1.1"
params: [{name: note, default: x}, {name: other, default: y}]
stages:
- stage:
  - custom-script:
      commands: ${write(commands)}
`;
  return { name: "pipeline.yaml", text };
}

const fixed = (commands: string, write?: (commands: string) => string) =>
  fixFile(fileOf(commands, write), SHOP_CONTEXT).file.text;

test.each([
  [`sh -c "make ${V}"`, `sh -c 'make "$1"' sh "${V}"`],
  [`sh -c 'make ${V}'`, `sh -c 'make "$1"' sh "${V}"`],
  [`bash -ec "make '${V}' && echo ${V}"`, `bash -ec 'make "$1" && echo "$1"' bash "${V}"`],
  [`sh -c "make V=${V} O=${"${params.other}"}"`, `sh -c 'make V="$1" O="$2"' sh "${V}" "\${params.other}"`],
  [`sh -c 'echo "a ${V} $HOME"' | cat`, `sh -c 'echo "a \${1} $HOME"' sh "${V}" | cat`],
  [`docker exec web sh -c "ls ${V}" > out`, `docker exec web sh -c 'ls "$1"' sh "${V}" > out`],
  [`X="$(sudo sh -c "ls ${V}")"`, `X="$(sudo sh -c 'ls "$1"' sh "${V}")"`],
])("%s is mended", (before, after) => {
  expect(fixed(before)).toBe(fileOf(after).text);
});

test.each([
  ["arguments are given", `sh -c "make ${V}" sh one`],
  ["arguments are used", `sh -c 'make "$@" ${V}'`],
  ["arguments are moved", `sh -c 'shift; make ${V}'`],
  ["the outer shell expands something", `sh -c "make $TARGET ${V}"`],
  ["the outer shell takes a backslash away", `sh -c "make \\"${V}\\""`],
  ["quotes are side by side", `sh -c 'make '${V}`],
  ["the inner shell would take it as code too", `sh -c 'eval ${V}'`],
  ["single quotes stay", `sh -c "make 'a b' ${V}"`],
  ["it is another user's shell", `su deploy -c "make ${V}"`],
  ["it is a shell on another machine", `ssh shop.example sh -c "make ${V}"`],
  ["it has a modifier", `sh -c "make \${{ outputs.repo.commit.escape }}"`],
])("nothing is changed where %s", (_, commands) => {
  expect(fixed(commands)).toBe(fileOf(commands).text);
});

test.each([
  ["a plain scalar", (text: string) => text, (text: string) => text],
  ["single quotes", (text: string) => `'${text}'`, (text: string) => `'${text.replaceAll("'", "''")}'`],
  ["double quotes", (text: string) => JSON.stringify(text), (text: string) => JSON.stringify(text)],
  [
    "a list",
    (text: string) => `\n      - cd /srv\n      - ${text}`,
    (text: string) => `\n      - cd /srv\n      - ${text}`,
  ],
  ["a folded scalar", (text: string) => `>\n        ${text}`, (text: string) => `>\n        ${text}`],
])("in %s", (_, before, after) => {
  expect(fixed(`sh -c "make ${V}"`, before)).toBe(fileOf(`sh -c 'make "$1"' sh "${V}"`, after).text);
});

test("a place that a folded line hides is left alone", () => {
  const folded = (text: string) => text.replace("make ", "make\n          ");
  expect(fixed(`sh -c "make ${V}"`, folded)).toBe(fileOf(`sh -c "make ${V}"`, folded).text);
});

test("what is written does what was meant, with any value", () => {
  const text = fixed(`sh -c "printf %s. '${V}' a${V}"`);
  const script = compile({ name: "pipeline.yaml", text }, SHOP_CONTEXT).compilation?.plan.actions[0]?.script?.text;
  const env = { ...process.env, SLUICE_1: HOSTILE };
  const { stdout } = spawnSync("sh", ["-c", script ?? ""], { encoding: "utf8", env });
  expect(stdout).toBe(`${HOSTILE}.a${HOSTILE}.`);
});
