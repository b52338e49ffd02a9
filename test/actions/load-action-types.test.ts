import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BUILT_IN_ACTIONS, loadActionTypes } from "../../actions/index.ts";

const builtIn = fileURLToPath(BUILT_IN_ACTIONS);
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sluice-types-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(join(root, folder), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(root, folder, name), text);
  }
}

describe("the built-in action types", () => {
  test("load without a problem", async () => {
    const { types, problems } = loadActionTypes([builtIn]);
    expect(problems).toEqual([]);
    expect([...types.keys()]).toEqual(["custom-script", "echo", "git-checkout", "wait"]);
    expect(types.get("wait")).toMatchObject({
      native: "wait",
      params: [{ name: "wait_time_sec", type: "int", required: true }],
    });
    expect(types.get("custom-script")?.outputs).toBeUndefined();
    expect(types.get("git-checkout")?.script).toContain("GIT_ALLOW_PROTOCOL");
  });

  test("have documentation that names every param and output", async () => {
    const { types } = loadActionTypes([builtIn]);
    const { readFileSync } = await import("node:fs");
    for (const [name, type] of types) {
      const readme = readFileSync(join(builtIn, name, "README.md"), "utf8");
      for (const item of [...type.params, ...(type.outputs ?? [])]) {
        expect(readme, `${name} README`).toContain(`\`${item.name}\``);
        expect(item.description, `${name}.${item.name}`).not.toBe("");
      }
    }
  });

  test("are a folder each", () => {
    expect(readdirSync(builtIn).every((name) => readdirSync(join(builtIn, name)).includes("action.yaml"))).toBe(true);
  });
});

describe("a user's own action types", () => {
  test("add to the built-in ones and replace them by name", async () => {
    write("deploy", {
      "action.yaml":
        'name: deploy\nversion: "2.1"\nscript: deploy.sh\nparams:\n  - name: region\n    default: eu-west-1\n',
      "deploy.sh": "echo deploying\n",
    });
    write("echo", { "action.yaml": 'name: echo\nversion: "9"\n' });
    write("not-a-type", { "notes.txt": "nothing" });
    const { types, problems } = loadActionTypes([builtIn, root]);
    expect(problems).toEqual([]);
    expect(types.get("echo")?.version).toBe("9");
    expect(types.get("deploy")).toEqual({
      name: "deploy",
      version: "2.1",
      description: "",
      params: [{ name: "region", type: "string", required: false, default: "eu-west-1", description: "" }],
      otherParams: false,
      outputs: undefined,
      image: undefined,
      script: "echo deploying\n",
      native: undefined,
      executor: undefined,
    });
  });

  test("may be one folder", async () => {
    write("deploy", { "action.yaml": 'name: deploy\nversion: "1"\n' });
    expect([...loadActionTypes([join(root, "deploy")]).types.keys()]).toEqual(["deploy"]);
  });
});

describe("problems", () => {
  const valid = 'name: deploy\nversion: "1"\n';

  test.each([
    ["an unknown key", `${valid}imge: x\n`, ":3", "imge", '"imge" is not a key of an action type.'],
    [
      "a number as version",
      "name: deploy\nversion: 1.0\n",
      ":2",
      "version",
      '"version" must be text: write "1.0" in quotes.',
    ],
    [
      "a wrong type of a param",
      `${valid}params:\n  - name: a\n  - name: b\n    type: text\n`,
      ":6",
      "params.1.type",
      /"params.1.type" is wrong: invalid option/,
    ],
    ["a param without a name", `${valid}params:\n  - type: int\n`, ":4", "params.0.name", /"params.0.name"/],
    [
      "a param twice",
      `${valid}params: [{ name: a }, { name: a }]\n`,
      ":3",
      "params.1.name",
      '"params.1.name" is declared twice.',
    ],
    ["no name", 'version: "1"\n', "", "name", /"name"/],
    [
      "a script elsewhere",
      `${valid}script: ../run.sh\n`,
      ":3",
      "script",
      '"script" must be the name of a file beside action.yaml.',
    ],
    ["a script that is not there", `${valid}script: run.sh\n`, ":3", "script", /The script of "script" cannot be read/],
    [
      "a script beside native",
      `${valid}native: wait\nscript: run.sh\n`,
      ":4",
      "script",
      '"script" has no effect beside native.',
    ],
    ["no YAML", "name: [\n", /:\d+/, undefined, /The file is no YAML/],
    ["a list", "- name\n", /(:1)?/, undefined, /The file is wrong/],
  ])("%s", async (_what, text, line, key, message) => {
    write("deploy", { "action.yaml": text });
    const { types, problems } = loadActionTypes([root]);
    expect(types.size).toBe(0);
    const file = join(root, "deploy", "action.yaml");
    expect(problems[0]?.file.startsWith(file)).toBe(true);
    expect(problems[0]?.file.slice(file.length)).toMatch(line);
    expect(problems[0]?.key).toBe(key);
    expect(problems[0]?.message).toMatch(message);
    expect(problems).toHaveLength(1);
  });

  test("a name twice in one directory points at both", async () => {
    write("a", { "action.yaml": valid });
    write("b", { "action.yaml": valid });
    const { problems } = loadActionTypes([root]);
    expect(problems).toEqual([
      {
        file: join(root, "b", "action.yaml"),
        key: "name",
        message: `"name" is "deploy", as in ${join(root, "a", "action.yaml")}.`,
      },
    ]);
  });

  test("a directory that is not there is one, and the others are read", async () => {
    const { types, problems } = loadActionTypes([join(root, "missing"), builtIn]);
    expect(types.size).toBe(4);
    expect(problems).toHaveLength(1);
  });
});
