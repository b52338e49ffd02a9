import { describe, expect, test } from "vitest";
import { compile, fixFile } from "../../../../compiler/index.ts";
import { SHOP_CONTEXT } from "../../compile-context.ts";

const HEAD = 'version: "1.1"\nstages:\n- stage:\n  - custom-script:\n      alias: test\n';
const fileOf = (keys: string) => ({ name: "pipeline.yaml", text: HEAD + keys.replace(/^(?=.)/gm, "      ") });
const codesOf = (keys: string) => compile(fileOf(keys), SHOP_CONTEXT).diagnostics.map(({ code }) => code);
const fixed = (keys: string) => fixFile(fileOf(keys), SHOP_CONTEXT).file.text;

describe("a comment that cuts a command off", () => {
  test.each([
    ['commands:\n- echo "order #12"\n', "commands:\n- 'echo \"order #12\"'\n"],
    ['commands: echo "it\'s # here"\n', "commands: 'echo \"it''s # here\"'\n"],
    ["commands:\n- echo \\\" 'a\t#b'\n", "commands:\n- 'echo \\\" ''a\t#b'''\n"],
  ])("%j is quoted where a quote stays open", (wrong, right) => {
    expect(codesOf(wrong)).toEqual(["read/comment-in-command"]);
    expect(fixed(wrong)).toBe(fileOf(right).text);
  });

  test.each(["commands:\n- echo #1 is best\n", 'commands:\n- echo "one\n  two #3"\n'])("%j stays", (keys) => {
    expect(codesOf(keys)).toEqual(["read/comment-in-command"]);
    expect(fixed(keys)).toBe(fileOf(keys).text);
  });

  test.each([
    "commands:\n- make # the shop\n",
    "commands: make ## the shop\n",
    'commands:\n- echo "a \'b" # c\n',
    "commands:\n- make\n# the shop\n- make test\n",
    "commands:\n- 'echo' #1\n",
    "commands: [make] #1\n",
  ])("%j is fine", (keys) => expect(codesOf(keys)).toEqual([]));
});

describe("lines that become one", () => {
  test.each([
    ["commands: >\n  npm ci\n  npm test\n", "commands: |\n  npm ci\n  npm test\n"],
    ["commands: >-\n  npm ci\n  npm test\n", "commands: |-\n  npm ci\n  npm test\n"],
    ["commands:\n  npm ci\n  npm test\n", "commands: |\n  npm ci\n  npm test\n"],
    ["commands: npm ci\n\n  npm test\n  npm run build\n", "commands: |\n  npm ci\n\n  npm test\n  npm run build\n"],
    ["commands:\n- npm ci\n  npm test\n", "commands:\n- |\n  npm ci\n  npm test\n"],
  ])("%j keeps them", (wrong, right) => {
    expect(codesOf(wrong)).toEqual(["read/joined-commands"]);
    expect(fixed(wrong)).toBe(fileOf(right).text);
  });

  test.each([
    ["a comment behind the colon", "commands: # the shop\n  npm ci\n  npm test\n"],
    ["a line less deep than the first", "commands:\n    npm ci\n  npm test\n"],
    ["a line less deep than the second", "commands: npm ci\n    npm test\n  npm run build\n"],
  ])("%s: it stays", (_, keys) => {
    expect(codesOf(keys)).toEqual(["read/joined-commands"]);
    expect(fixed(keys)).toBe(fileOf(keys).text);
  });

  test.each([
    "commands: >\n  docker build\n  --tag shop\n  && make\n",
    "commands: >\n  npm ci &&\n  npm test\n",
    "commands: >\n  npm ci;\n  npm test\n",
    "commands: >\n  npm ci\n\n  npm test\n",
    "commands: >\n  npm ci\n    npm test\n  npm run build\n",
    "commands: >\n  make\n",
    'commands:\n- echo "one\n  two"\n',
    "commands:\n- npm ci\n- npm test\n",
  ])("%j is one command, or keeps its lines", (keys) => expect(codesOf(keys)).toEqual([]));
});
