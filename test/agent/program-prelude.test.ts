import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { HOSTILE, LARGE_VALUE } from "../compiler/shell/generated/hostile-values.ts";
import { rewrite } from "../compiler/shell/program/rewrite.ts";
import { startAttempt } from "./agent-api.ts";

const V = "${{ outputs.repo.commit }}";
const CONTROLS = Array.from({ length: 0x100 }, (_, code) => String.fromCharCode(code)).join("");
const VALUES = [
  HOSTILE,
  `${HOSTILE}\n${HOSTILE}\\n\r\n`,
  `"""'''\`\${process.exit(3)}{__import__("os")._exit(3)}{{}}%s%(x)s\\N{BULLET}\\`,
  "",
  CONTROLS,
  "构建 一号 🚀 \u2028\u2029",
  LARGE_VALUE.value,
];

const PYTHON = `from __future__ import annotations
import json, os, sys
shown = open(os.environ["CONTEXTDIR"] + "/shown", "w")
def show(*values): print(json.dumps(values), file=shown)
show(${V}, "${V}", '${V}', """${V}""", r'${V}', u"${V}", f"${V}", f"{${V}}")  # ${V} "
show("a${V}b"[1:-1], ('%s' % "${V}"), "" "${V}" '', f"{['${V}'][0]}", {"${V}": "${V}"}["${V}"])
def body():
    '''A text of ${V} for people.'''
    return f'''{${V}}'''
show(body(), str(${V}), [${V}][0], (lambda x: x)("${V}"), "${V}".replace("", ""))
show(__name__, sys.argv[0] == __file__)
`;

const NODE = `const { appendFileSync } = require("node:fs");
const show = (...values) => appendFileSync(process.env.CONTEXTDIR + "/shown", JSON.stringify(values) + "\\n");
show(${V}, "${V}", '${V}', \`${V}\`, \`\${${V}}\`, "a${V}b".slice(1, -1)); // ${V} "
show(\`\${\`${V}\`}\`, { "${V}": "${V}" }["${V}"], ((x) => x)('${V}'), "${V}" + '', ["${V}"][0] /* ${V} */);
/'"/.test("x"); const body = () => { return "${V}" };
show(body(), String(${V}), typeof "${V}" === "string" ? '${V}' : "", ${V}, ${V}.toString());
show(require.main === module, require("node:path").basename(__filename));
`;

async function run(program: string, shell: string, value: string) {
  const { language, problems, text, variables } = rewrite(program, shell);
  expect(problems).toEqual([]);
  await using attempt = await startAttempt({
    script: text,
    shell: [shell],
    ...(language && { language }),
    variables: variables.map(({ name }) => ({ name, value })),
  });
  await attempt.reported;
  const shown = await readFile(join(attempt.settings.root, "context", "shown"), "utf8").catch(() => "");
  const lines = shown.trimEnd().split("\n");
  return { exitCode: attempt.api.completed().exitCode, log: attempt.log(), lines };
}

const hasPython = spawnSync("python3", ["--version"]).status === 0;
if (!hasPython) process.stderr.write("python3 is not on this machine: only programs of Node.js are run.\n");
const PROGRAMS = [
  { shell: "python3", program: PYTHON, last: ["__main__", true], wrong: "x = 1\n\nraise ValueError", place: /line 3/ },
  { shell: "node", program: NODE, last: [true, "commands"], wrong: "const x = 1;\n\nthrow Error", place: /commands:3/ },
].filter(({ shell }) => hasPython || shell === "node");

describe.each(PROGRAMS)("$shell", ({ last, program, shell }) => {
  test.each(VALUES.map((value, index) => [index, value] as const))(
    "value %i arrives in every place",
    async (_, value) => {
      const { exitCode, lines, log } = await run(program, shell, value);
      expect(exitCode, log).toBe(0);
      const shown = lines.slice(0, -1).flatMap((line) => JSON.parse(line));
      expect(shown.length).toBeGreaterThanOrEqual(16);
      for (const text of shown) expect(text === value, JSON.stringify(text).slice(0, 300)).toBe(true);
      expect(JSON.parse(lines.at(-1) ?? "")).toEqual(last);
    },
  );
});

test.each(PROGRAMS)("errors of $shell name the author's own line", async ({ place, shell, wrong }) => {
  const { exitCode, log } = await run(`${wrong}("${V}")\n`, shell, "wrong");
  expect(exitCode).toBe(1);
  expect(log).toMatch(place);
  expect(log).toContain("wrong");
});

test("a program of Node.js may be a module", async () => {
  const { log } = await run(`import { basename } from "node:path";\nconsole.log(basename(${V}));\n`, "node", "/a/b");
  expect(log).toBe("b\n");
});
