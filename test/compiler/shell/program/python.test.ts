import fc from "fast-check";
import { expect, test } from "vitest";
import { readersOf, rewrite, V } from "./rewrite.ts";

const S = "SLUICE_1";

test.each([
  ["code", `x = ${V} + "a"`, `x = ${S} + "a"`],
  ["argument", `f(${V}, [${V}])`, `f(${S}, [${S}])`],
  ["double quotes", `x = "a ${V} b"`, `x = f"a {${S}} b"`],
  ["single quotes", `x = 'it is ${V}'`, `x = f'it is {${S}}'`],
  ["nothing but the value", `x = '${V}'`, `x = f'{${S}}'`],
  ["three quotes", `x = """a\n"${V}"\n"""`, `x = f"""a\n"{${S}}"\n"""`],
  ["braces", `x = '{"k": "${V}"}'`, `x = f'{{"k": "{${S}}"}}'`],
  ["escapes", `x = "\\"\\n\\N{BULLET}\\\\ ${V}"`, `x = f"\\"\\n\\N{BULLET}\\\\ {${S}}"`],
  ["after a backslash", `x = "\\${V}"`, `x = f"\\\\{${S}}"`],
  ["raw text", `x = r"\\d{2}${V}\\"`, `x = fr"\\d{{2}}{${S}}\\"`],
  ["old prefix", `x = u"${V}"`, `x = f"{${S}}"`],
  ["texts side by side", `x = "a" "${V}" 'c'`, `x = "a" f"{${S}}" 'c'`],
  ["before an operator", `x = "%s ${V}" % y`, `x = f"%s {${S}}" % y`],
  ["f-string", `x = f"a {b} ${V} {{"`, `x = f"a {b} {${S}} {{"`],
  ["code in an f-string", `x = f"{len(${V})!r:>{w}}"`, `x = f"{len(${S})!r:>{w}}"`],
  ["text in an f-string", `x = f"{d['${V}']}"`, `x = f"{d[f'{${S}}']}"`],
  ["format of an f-string", `x = f"{y:${V}}"`, `x = f"{y:{${S}}}"`],
  ["raw f-string", `x = rf"\\d {y} ${V}"`, `x = rf"\\d {y} {${S}}"`],
  ["comment", `x = 1  # it's ${V}\ny = ${V}`, `x = 1  # it's ${V}\ny = ${S}`],
  ["after texts with signs", `x = '#"' + "'#" + '''a'b"''' + ${V}`, `x = '#"' + "'#" + '''a'b"''' + ${S}`],
  ["after an f-string that is not closed", `x = f"a {b}\ny = ${V}`, `x = f"a {b}\ny = ${S}`],
  ["a text that ends with the program", `x = ${V}; y = "a\\`, `x = ${S}; y = "a\\`],
  ["after a text that is not closed", `x = "abc\ny = ${V}`, `x = "abc\ny = ${S}`],
])("%s", (_, program, expected) => {
  const { language, problems, text, variables } = rewrite(program, "python3");
  expect({ text, problems }).toEqual({ text: expected, problems: [] });
  expect(language).toBe("python");
  expect(variables.map(({ name }) => name)).toEqual([S]);
});

test("a modifier's quotes belong into texts alone", () => {
  const modified = "${{ outputs.repo.commit.escape }}";
  expect(rewrite(`x = ${modified}; y = '${modified}'`, "python3").text).toBe("x = SLUICE_1; y = f'{SLUICE_2}'");
});

test.each([
  ["os.system", `os.system("make ${V}")`, "os.system"],
  ["a variable for os.popen", `os.popen(${V})`, "os.popen"],
  ["an f-string", `subprocess.getoutput(f"make {x} ${V}")`, "subprocess.getoutput"],
  ["eval inside another call", `print(eval('${V} + 1'))`, "eval"],
  ["a call inside exec", `exec("\\n".join(["a", '${V}']))`, "exec"],
  ["a shell", `subprocess.run(\n  "make ${V}",\n  shell=True,\n)`, "subprocess.run"],
  ["a shell in brackets that do not match", `)\nsubprocess.run("make ${V}", shell=True`, "subprocess.run"],
  ["a shell by a number", `subprocess.run("make ${V}", shell=1)`, "subprocess.run"],
  ["an imported name", `from os import getcwd, system as s\ns("make ${V}")`, "s"],
  ["an imported shell", `from subprocess import (\n  run as r,\n)\nr("make ${V}", shell=True)`, "r"],
  ["another name", `sh = os.system\nsh("make ${V}")`, "sh"],
  ["another name for a shell", `run = subprocess.run; run("make ${V}", shell=True)`, "run"],
  ["a module that is loaded there", `__import__("os").system("make ${V}")`, "os.system"],
  ["a shell's program", `subprocess.run(["bash", "-c", "make ${V}"])`, "sh -c"],
  ["a formatted program", `subprocess.run(["sh", "-ec", f"make ${V}"])`, "sh -c"],
  ["a program for exec", `os.execvp("sh", ["sh", "-c", "make {}".format("${V}")])`, "sh -c"],
  ["bytes", `x = b"${V}"`, "bytes"],
  ["part of a name", `x${V} = 1`, "a name"],
])("%s would take it as code", (_, program, reader) => {
  expect(readersOf(program, "python3")).toEqual([reader]);
});

test.each([
  `subprocess.run(["make", "${V}"], check=True)`,
  `os.system("make " + shlex.quote("${V}"))`,
  `subprocess.run(["sh", "-c", 'make "$1"', "sh", "${V}"])`,
  `subprocess.run(["sh", "-c", "make " + shlex.quote("${V}")])`,
  `from shop import run; run("make ${V}")`,
  `os.system("make"); print("${V}")`,
  `model.eval(); print(${V})`,
])("nothing is found in %s", (program) => {
  expect(readersOf(program, "python3")).toEqual([]);
});

test("any text: it ends, and what is written is the text with names of variables", () => {
  const piece = fc.constantFrom("'", '"', '"""', "f'", 'r"', "{", "}", "(", ")", "\\", "#", "\n", " ", "x", ":", V, V);
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const { text, variables } = rewrite(pieces.join(""), "python3");
      const kept = text
        .replaceAll(V, "")
        .replaceAll(S, "")
        .replace(/[{}f\\]/g, "");
      expect(kept).toBe(
        pieces
          .join("")
          .replaceAll(V, "")
          .replace(/[{}f\\]/g, ""),
      );
      expect(variables.length).toBeLessThanOrEqual(1);
    }),
  );
});
