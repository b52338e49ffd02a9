import type { Commands } from "../model/pipeline.ts";

/** A path in commands that may be the directory of another action. */
export interface FoundPath {
  /** In the source of the commands. */
  readonly index: number;
  readonly path: string;
  readonly name: string;
}

/**
 * Paths that lead to directories of other actions where those stand beside the own one, as in Erda: `../repo` and
 * `$CONTEXTDIR/repo`, and after a line `cd ..` each first part of a path.
 */
export function* pathsToSiblings(source: string, commands: Commands): Generator<FoundPath> {
  for (const { 0: path, index } of source.matchAll(/(?:(?<![\w./])\.\.\/|\$\{?CONTEXTDIR\}?\/)[\w-][\w.-]*/g)) {
    yield { index, path, name: path.slice(path.lastIndexOf("/") + 1) };
  }
  if (!/^\s*cd \.\.\s*$/m.test(scriptOf(commands))) return;
  for (const { 0: name, index } of source.matchAll(/(?<![\w./$"'{-])[\w-][\w.-]*(?=\/)/g)) {
    yield { index, path: name, name };
  }
}

/**
 * Paths into directories that no command before can have made, in an attempt's empty directory: `cd repo`, `ls repo/src`,
 * `repo/build.sh`. The first command that might make one ends the search.
 */
export function* pathsInEmptyDirectory(source: string, commands: Commands): Generator<FoundPath> {
  for (const command of scriptOf(commands).split(/\n|&&|\|\||[;|]/)) {
    const [program = "", ...operands] = command.trim().split(/\s+/);
    if (program === "" || program.startsWith("#") || (HARMLESS.has(program) && !command.includes(">"))) continue;
    const isReader = READERS.has(program);
    const isDirectory = program === "cd" || program === "ls" || program === "pushd";
    for (const word of isReader ? operands : [program]) {
      const [, path, name] = FIRST_PART.exec(isDirectory ? `${word}/`.replace("//", "/") : word) ?? [];
      if (path === undefined || name === undefined) continue;
      const place = new RegExp(`(?<![\\w./$-])${path.replaceAll(".", "\\.")}(?![\\w.-])`).exec(source);
      if (place) yield { index: place.index, path, name };
    }
    if (!isReader || program === "cd" || program === "pushd") return;
  }
}

/** A reference is a word of its own that leads nowhere. */
function scriptOf({ parts }: Commands): string {
  return parts.map((part) => (typeof part === "string" ? part : "$")).join("");
}

/** `repo/` of `./repo/src`, with the name alone; nothing that a shell replaces. */
const FIRST_PART = /^((?:\.\/)?([\w-][\w.-]*))\/[^"'`$*]*$/;

/** Programs that make no directory, and whose operands are no paths. */
const HARMLESS: ReadonlySet<string> = new Set(["echo", "set", "export", "pwd", "true", ":", "date", "env", "printf"]);

/** Programs whose operands have to exist. */
const READERS: ReadonlySet<string> = new Set([
  ...["cd", "pushd", "ls", "cat", "head", "tail", "grep", "find", "wc", "chmod", "source", "."],
  ...["sh", "bash", "node", "python", "python3"],
]);
