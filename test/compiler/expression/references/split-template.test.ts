import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ReferenceContext } from "../../../../compiler/expression/references/reference-context.ts";
import { splitTemplate } from "../../../../compiler/expression/references/split-template.ts";
import type { Reference } from "../../../../compiler/model/reference.ts";
import { textContext, wordsFor } from "../expressions.ts";

function split(text: string, language: ReferenceContext["language"] = "value") {
  const context = textContext(text, language);
  const parts = splitTemplate(text, context).map((part) => (typeof part === "string" ? part : show(part)));
  return { parts, codes: context.collector.diagnostics.map(({ code }) => code) };
}

/** A reference on one line: `<outputs build version|escape>`. */
function show(reference: Reference): string {
  const modifier = reference.modifier ? `|${reference.modifier}` : "";
  switch (reference.kind) {
    case "output":
      return `<output ${reference.action} ${reference.output}${modifier}>`;
    case "dir":
      return `<dir ${reference.namespace}${modifier}>`;
    case "param":
      return `<param ${reference.name}${modifier}>`;
    case "random":
      return `<random ${reference.type}${modifier}>`;
    case "base64-decode":
      return `<base64 ${reference.text}${modifier}>`;
    case "config": {
      const key = reference.key.parts.map((part) => (typeof part === "string" ? part : show(part))).join("");
      return `<config ${key}${modifier}>`;
    }
  }
}

describe("every spelling gives one tree", () => {
  test.each([
    ["${{ outputs.build.version }}", "<output build version>"],
    ["${outputs.build.version}", "<output build version>"],
    ["${build:OUTPUT:version}", "<output build version>"],
    ["${build:OUTPUT:image.tag}", "<output build image.tag>"],
    ["${{ outputs.build.version.escape }}", "<output build version|escape>"],
    ["${{ outputs.build.image.tag.escape }}", "<output build image.tag|escape>"],
    ["${{ random.integer_18 }}", "<random integer_18>"],
    ["${{ outputs.unit test.failed }}", "<output unit test failed>"],
    ["${outputs.unit test.failed}", "<output unit test failed>"],
    ["${{ outputs.v1.2.commit }}", "<output v1.2 commit>"],
    ["${gone:OUTPUT:x}", "<output gone x>"],
    ["${{ dirs.build }}", "<dir build>"],
    ["${dirs.build}", "<dir build>"],
    ["${build}", "<dir build>"],
    ["${dist}", "<dir dist>"],
    ["${git-checkout}", "<dir git-checkout>"],
    ["${{ params.target }}", "<param target>"],
    ["${params.target}", "<param target>"],
    ["${{ params.target.wrap_double_quotes }}", "<param target|wrap_double_quotes>"],
    ["${{ configs.gittar.repo }}", "<config gittar.repo>"],
    ["((gittar.repo))", "<config gittar.repo>"],
    ["${{ configs.${{ configs.key1 }} }}", "<config <config key1>>"],
    ["${{ random.integer_6 }}", "<random integer_6>"],
    ["${{ random.datetime_hour.wrap_double_quotes }}", "<random datetime_hour|wrap_double_quotes>"],
    ["${{ base64-decode.c2hvcA== }}", "<base64 c2hvcA==>"],
  ])("%s", (text, reference) => {
    expect(split(text)).toEqual({ parts: [reference], codes: [] });
    expect(split(`a ${text}/b`)).toEqual({ parts: ["a ", reference, "/b"], codes: [] });
  });
});

describe("what belongs to the shell stays", () => {
  test.each([
    "echo ${HOME} $HOME $1 $$ ${#list[@]} ${list[@]}",
    "curl ${URL:-http://shop:80/x}",
    "echo ${name:0:3} ${name%.*} ${name/a/b} ${name:=x}",
    "echo ${build:-none} ${build:0:3} ${build: -1}",
    "n=$((count+1)); echo $((count)); ((count--))",
    "((i++)); for ((i=0;i<3;i++)); do :; done",
    "echo \\${build}",
    "echo ${unknown}",
    "echo ${nothing-like-it}",
    "echo ${params.no such}",
    "echo ${no such:OUTPUT:k}",
    "awk '{print $1}' | jq '.a'",
    "f() { echo; }",
  ])("%s", (text) => {
    expect(split(text, "commands")).toEqual({ parts: [text], codes: [] });
  });
});

/** What is said of every mistake below; `vitest run test/compiler/expression -u` writes it. */
const WORDS = fileURLToPath(new URL("mistakes.txt", import.meta.url));

describe("mistakes", () => {
  const mistakes = [
    ["${{outputs.build.k}}", "read/placeholder-spacing"],
    ["${{  outputs.build.k  }}", "read/placeholder-spacing"],
    ["${{ outputs.build }}", "read/output-without-key"],
    ["${{ outputs. }}", "read/output-without-key"],
    ["${outputs..k}", "read/output-without-key"],
    ["${{ outputs.build.k.shout }}", "read/unknown-modifier"],
    ["${{ output.build.k }}", "read/misspelled-reference"],
    ["${{ build.number }}", "read/misspelled-reference"],
    ["${{ run.number }}", "read/unknown-placeholder"],
    ["${{ github.sha }}", "read/misspelled-reference"],
    ["${{ triggers.push.branch }}", "read/no-effect-yet"],
    ["${{ 'a' == 'b' }}", "read/expression-in-value"],
    ["${{ outputs.some thing.k }}", "read/space-in-reference"],
    ["${{ }}", "read/empty-placeholder"],
    ["${{ outputs.build.k", "read/unclosed-placeholder"],
    ["${configs.k}", "read/single-brace"],
    ["${build:PUT:k}", "read/bad-legacy-reference"],
    ["${build:OUTPUT:}", "read/bad-legacy-reference"],
    ["${git-checkot}", "read/looks-like-alias"],
    ["${{ random.integr }}", "read/unknown-random-type"],
    ["${{ random.integer_19 }}", "read/unknown-random-type"],
    ["${{ random.integer_0 }}", "read/unknown-random-type"],
    ["${{ base64-decode.*** }}", "read/bad-base64"],
    ["${{ base64-decode.c2hvc }}", "read/bad-base64"],
    ["${{ base64-decode.gIA= }}", "read/bad-base64"],
    ["${{ secrets.TOKEN }}", "read/misspelled-reference"],
    ["${unit-tests}", "read/looks-like-alias"],
    ["${nothing-like-it}", "read/looks-like-alias"],
    ["${build:x-1}", "read/bad-legacy-reference"],
    ["${{ random.xdatetime_custom_y }}", "read/unknown-random-type"],
    ["${{ base64-decode.c2=hvcA }}", "read/bad-base64"],
  ] as const;

  test("are told in these words", async () => {
    const told = mistakes.map(([text]) => {
      const context = textContext(text, "value");
      const parts = splitTemplate(`a ${text} b`, context).map((part) => (typeof part === "string" ? part : show(part)));
      return [
        `${text} is ${parts.join("").slice(2, -2)}`,
        ...wordsFor(`a ${text} b`, context.collector.diagnostics),
      ].join("\n  ");
    });
    await expect(`${told.join("\n")}\n`).toMatchFileSnapshot(WORDS);
  });

  test.each(mistakes)("%s: %s", (text, code) => {
    expect(split(text).codes).toEqual([code]);
  });

  test("a name that may be a variable's is let be", () => {
    for (const text of ["${HOME_DIR}", "${not_an_alias}", "${Nothing-like-it}"]) {
      expect(split(text)).toEqual({ parts: [text], codes: [] });
    }
  });

  test("places of a config and its key", () => {
    const text = "a ((gittar.repo)) b";
    const [, part] = splitTemplate(text, textContext(text, "value"));
    if (typeof part !== "object" || part.kind !== "config") throw new Error("There is no config.");
    const marked = [part.span, part.key.span].map(({ start, end }) => text.slice(start, end));
    expect(marked).toEqual(["((gittar.repo))", "gittar.repo"]);
  });

  test("the spacing has a fix", () => {
    const text = "a ${{outputs.build.k}} b";
    const context = textContext(text, "value");
    splitTemplate(text, context);
    const [edit] = context.collector.diagnostics[0]?.fixes?.[0]?.edits ?? [];
    expect(edit?.newText).toBe("${{ outputs.build.k }}");
    expect(text.slice(edit?.span.start, edit?.span.end)).toBe("${{outputs.build.k}}");
  });
});

test("literal parts and spellings join to the text again", () => {
  const bits = fc.constantFrom(
    "${{",
    "}}",
    "${",
    "}",
    "((",
    "))",
    " ",
    "outputs.build.k",
    "build",
    ":OUTPUT:",
    "x",
    "\n",
    "\\",
    "$",
    ".escape",
  );
  fc.assert(
    fc.property(fc.array(bits), fc.constantFrom("value" as const, "commands" as const), (parts, language) => {
      const text = parts.join("");
      const context = textContext(text, language);
      let end = 0;
      for (const part of splitTemplate(text, context)) {
        if (typeof part === "string") {
          expect(text.slice(end, end + part.length)).toBe(part);
          end += part.length;
        } else {
          expect(part.span.start).toBe(end);
          end = part.span.end;
        }
      }
      expect(end).toBe(text.length);
    }),
    { numRuns: 1000 },
  );
});

test("a long text of open braces takes no time", () => {
  expect(split("${{ ".repeat(100_000)).codes.length).toBeGreaterThan(0);
});
