/** Numbers from 0 to 1 that depend on the seed alone (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What means something to YAML, to the language, to expressions or to a shell. */
const WORDS = [
  ...["\n", "\n  ", "\n- ", "\t", " ", ": ", "- ", "? ", "#", "---\n", "...", "\r", "\r\n", "\uFEFF", "%YAML 1.2\n"],
  ...["{", "}", "[", "]", ",", "'", '"', "\\", "|\n", ">-\n", "&a ", "*a", "<<: *a", "!!str ", "!x ", "@", "`", "~"],
  ...[
    "version: 1.1",
    "stages:",
    "- stage:",
    "alias: ",
    "params:",
    "commands: ",
    "if: ",
    "loop: ",
    "retry: ",
    "timeout: ",
  ],
  ...[
    "__proto__: ",
    "constructor",
    "custom-script:",
    "wait:",
    "echo:",
    "true",
    "-1",
    "1e999",
    "0x",
    "99999999999999999999",
  ],
  ...[
    "${{ ",
    " }}",
    "${",
    "}",
    "((",
    "))",
    "${{ outputs.build.k }}",
    "${{ dirs.build }}",
    "${build:OUTPUT:k}",
    "((secret))",
  ],
  ...["==", "&&", "=~ '(a+)+$'", "in (", "!", "**", "??", "? 1 : 2", "task_status"],
  ...[
    "$(",
    "`",
    "$((",
    "<<EOF\n",
    "<<'EOF'\n",
    "EOF\n",
    "eval ",
    "sh -c ",
    "case x in",
    "esac",
    "$'",
    "[[ ",
    "]]",
    ";;",
    "\\\n",
  ],
  ...["\u2028", "\uD800", "构建", "é", "😀", "\u0007", "\u200B"],
] as const;

/** A text of up to 60 words, of which some follow nothing but chance. */
export function randomText(random: () => number): string {
  const length = Math.floor(random() * 60);
  return Array.from({ length }, () =>
    random() < 0.8 ? pick(WORDS, random) : String.fromCharCode(1 + Math.floor(random() ** 4 * 0xfffe)),
  ).join("");
}

/** One of the texts with one to five changes: mostly of values, which leave it readable, often of lines. */
export function mutate(texts: readonly string[], random: () => number): string {
  let text = pick(texts, random);
  for (let changes = 1 + Math.floor(random() * 5); changes > 0; changes--) text = change(text, texts, random);
  return text;
}

function change(text: string, texts: readonly string[], random: () => number): string {
  if (random() < 0.7) return changeValue(text.split("\n"), random).join("\n");
  const at = Math.floor(random() * (text.length + 1));
  switch (Math.floor(random() * 11)) {
    case 9:
      // Windows, old Macintosh, or tabs instead of spaces.
      return pick([text.replaceAll("\n", "\r\n"), text.replaceAll("\n", "\r"), text.replaceAll("  ", "\t")], random);
    case 10:
      return text.slice(0, at) + String.fromCharCode(Math.floor(random() * 160)) + text.slice(at);
    case 0:
      return text.slice(0, at) + pick(WORDS, random) + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + Math.floor(random() * 10));
    case 2:
      return text.slice(0, at) + pick(WORDS, random) + text.slice(at + 1 + Math.floor(random() * 10));
    case 3:
      return text.slice(0, at);
    case 4: {
      const other = pick(texts, random);
      return text.slice(0, at) + other.slice(Math.floor(random() * other.length));
    }
    default:
      return changeLines(text.split("\n"), random).join("\n");
  }
}

/** Gives a key the value of another, or one of the words instead of a part of it. */
function changeValue(lines: readonly string[], random: () => number): readonly string[] {
  const at = Math.floor(random() * lines.length);
  const [, key, value = ""] = /^(\s*(?:- )?\w[\w-]*:|\s*-) +(.*)$/.exec(lines[at] ?? "") ?? [];
  if (key === undefined) return lines;
  const [, others] = /: +(.*)$/.exec(pick(lines, random)) ?? [];
  const word = pick(WORDS, random).trim();
  const cut = Math.floor(random() * (value.length + 1));
  const changed = random() < 0.3 ? (others ?? word) : `${value.slice(0, cut)}${word}${value.slice(cut)}`;
  return lines.with(at, `${key} ${changed}`);
}

function changeLines(lines: readonly string[], random: () => number): readonly string[] {
  const at = Math.floor(random() * lines.length);
  const line = lines[at] ?? "";
  const end = at + 1 + Math.floor(random() * 8);
  switch (Math.floor(random() * 8)) {
    case 5: {
      const other = Math.floor(random() * lines.length);
      return lines.with(at, lines[other] ?? "").with(other, line);
    }
    case 6:
      // A block, some levels deeper or further left.
      return indentBlock(lines, at, end, pick([-4, -2, -1, 1, 2, 4], random));
    case 7:
      return lines.toSpliced(
        at,
        0,
        ...Array.from({ length: 1 + Math.floor(random() * 20) }, () => lines.slice(at, end)).flat(),
      );
    case 0:
      return lines.toSpliced(at, 1);
    case 1:
      return lines.toSpliced(Math.floor(random() * lines.length), 0, line);
    case 2:
      return lines.with(at, `  ${line}`);
    case 3:
      return lines.with(at, line.replace(/^ {1,2}/, ""));
    default:
      return lines.with(at, pick(lines, random));
  }
}

function indentBlock(lines: readonly string[], start: number, end: number, by: number): readonly string[] {
  return lines.map((line, index) => {
    if (index < start || index >= end) return line;
    return by > 0 ? " ".repeat(by) + line : line.replace(new RegExp(`^ {0,${-by}}`), "");
  });
}

function pick<T>(choices: readonly T[], random: () => number): T {
  const chosen = choices[Math.floor(random() * choices.length)];
  if (chosen === undefined) throw new Error("There is nothing to choose from.");
  return chosen;
}
