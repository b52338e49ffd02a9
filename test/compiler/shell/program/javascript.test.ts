import fc from "fast-check";
import { expect, test } from "vitest";
import { readersOf, rewrite, V } from "./rewrite.ts";

const S = "SLUICE_1";

test.each([
  ["code", `const x = ${V} + "a";`, `const x = ${S} + "a";`],
  ["argument", `f(${V}, [${V}])`, `f(${S}, [${S}])`],
  ["double quotes", `x = "a ${V} b"`, `x = ("a " + ${S} + " b")`],
  ["single quotes", `x = 'it is ${V}'`, `x = ('it is ' + ${S} + '')`],
  ["two in one text", `x = "${V}-${V}"`, `x = ("" + ${S} + "-" + ${S} + "")`],
  ["before a member", `x = "a ${V}".length`, `x = ("a " + ${S} + "").length`],
  ["after a backslash", `x = "\\${V}"`, `x = ("\\\\" + ${S} + "")`],
  ["escapes", `x = "\\"\\n\\\\${V}"`, `x = ("\\"\\n\\\\" + ${S} + "")`],
  ["template", `x = \`a \${b} ${V} $\``, `x = \`a \${b} \${${S}} $\``],
  ["after a backslash in a template", `x = \`\\${V}\``, `x = \`\\\\\${${S}}\``],
  ["code in a template", `x = \`\${f({ a: ${V} })}\``, `x = \`\${f({ a: ${S} })}\``],
  ["text in a template in a template", `x = \`\${\`\${"${V}"}\`}\``, `x = \`\${\`\${("" + ${S} + "")}\`}\``],
  ["key", `x = { "a ${V}": 1, '${V}': 2 }`, `x = { ["a " + ${S} + ""]: 1, ['' + ${S} + '']: 2 }`],
  ["choice", `x = y ? "${V}" : "b"`, `x = y ? ("" + ${S} + "") : "b"`],
  ["comments", `x = 1; // it's ${V}\n/* "${V} */ y = ${V}`, `x = 1; // it's ${V}\n/* "${V} */ y = ${S}`],
  ["first line", `#!/usr/bin/env node ${V}\nx = ${V}`, `#!/usr/bin/env node ${V}\nx = ${S}`],
  ["after a regular expression", `x = /["'/]\\//.test(y) + ${V}`, `x = /["'/]\\//.test(y) + ${S}`],
  ["after a returned regular expression", `return /'/ + ${V}`, `return /'/ + ${S}`],
  ["after a division", `x = a / b + "${V}" / 2`, `x = a / b + ("" + ${S} + "") / 2`],
  ["after a text that is not closed", `x = "abc\ny = ${V}`, `x = "abc\ny = ${S}`],
])("%s", (_, program, expected) => {
  const { language, problems, text, variables } = rewrite(program, "node");
  expect({ text, problems }).toEqual({ text: expected, problems: [] });
  expect(language).toBe("node");
  expect(variables.map(({ name }) => name)).toEqual([S]);
});

test.each([
  ["execSync", `execSync("make ${V}")`, "execSync"],
  ["a template for exec", `child_process.exec(\`make ${V}\`, done)`, "child_process.exec"],
  ["eval", `eval(${V})`, "eval"],
  ["a function", `new Function("return ${V}")`, "Function"],
  ["vm", `vm.runInNewContext('${V}')`, "vm.runInNewContext"],
  ["a shell", `spawnSync("make ${V}", { shell: true })`, "spawnSync"],
  ["a module that is loaded there", `require("child_process").exec("make ${V}")`, "child_process.exec"],
  ["a module of Node.js", `require('node:child_process').exec("make ${V}")`, "child_process.exec"],
  ["a module that is imported there", `(await import("node:child_process")).exec("make ${V}")`, "child_process.exec"],
  ["a module by another name", `const p = require("child_process");\np.exec("make ${V}")`, "p.exec"],
  ["all of a module", `import * as sh from "node:child_process";\nsh.exec("make ${V}")`, "sh.exec"],
  ["a call by another name", `const { execSync: run } = require("child_process");\nrun("make ${V}")`, "run"],
  ["an imported name", `import { spawn as s, execSync as e } from "child_process";\ne("make ${V}")`, "e"],
  ["a shell by another name", `import { spawn as s } from "child_process";\ns("${V}", { "shell": true })`, "s"],
  ["a promise", `const run = util.promisify(cp.exec);\nawait run("make ${V}")`, "run"],
  ["a shell's program", `spawnSync("sh", ["-c", "make ${V}"])`, "sh -c"],
  ["a joined program", `execFileSync("/bin/bash", ["-e", "-c", "make " + "${V}"])`, "sh -c"],
  ["a formatted program", `spawn("docker", ["exec", "web", "sh", "-c", ["make", "${V}"].join(" ")])`, "sh -c"],
  ["a script", `new vm.Script("${V}")`, "vm.Script"],
  ["a regular expression", `x = /^${V}$/`, "a regular expression"],
  ["an import", `import x from "${V}"`, "import"],
  ["part of a name", `let $${V} = 1`, "a name"],
])("%s would take it as code", (_, program, reader) => {
  expect(readersOf(program, "node")).toEqual([reader]);
});

test.each([
  `execFileSync("make", ["${V}"])`,
  `spawn("make", [${V}], { stdio: "inherit" })`,
  `spawn("sh", ["-c", 'make "$1"', "sh", "${V}"])`,
  `spawn("sh", ["-c", "make " + quote("${V}")])`,
  `run("make ${V}"); const { readFile: run } = require("fs")`,
  `/x/.exec("${V}")`,
  `execSync("make"); console.log("${V}")`,
  `execSync("make " + quote("${V}"))`,
])("nothing is found in %s", (program) => {
  expect(readersOf(program, "node")).toEqual([]);
});

test("any text: it ends, and what is written is the text with names of variables", () => {
  const piece = fc.constantFrom(
    "'",
    '"',
    "`",
    "${",
    "{",
    "}",
    "(",
    ")",
    "\\",
    "//",
    "/*",
    "*/",
    "/",
    "\n",
    " ",
    "x",
    V,
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const { text, variables } = rewrite(pieces.join(""), "node");
      const added = /[{}$()[\]\\+'" ]/g;
      expect(text.replaceAll(V, "").replaceAll(S, "").replace(added, "")).toBe(
        pieces.join("").replaceAll(V, "").replace(added, ""),
      );
      expect(variables.length).toBeLessThanOrEqual(1);
    }),
  );
});
