import { posix } from "node:path";

/**
 * One line of a directory's entries, as JSON. Paths are relative, with `/`. Times are whole milliseconds since the
 * epoch, modes the nine permission bits. The content of files is one text, cut into the packs of contents: a `pack` line
 * begins the next pack (numbered from 0), and the files and parts of files after it follow each other in it.
 */
export type EntryLine =
  /** Before everything that is in it; the directory itself is ".". */
  | { readonly directory: string; readonly mode: number; readonly time: number }
  | { readonly pack: number }
  /** A whole file. */
  | { readonly file: string; readonly mode: number; readonly time: number; readonly bytes: number }
  /** `bytes` of a file from `at` on; the parts of one file follow each other. */
  | {
      readonly part: string;
      readonly mode: number;
      readonly time: number;
      readonly bytes: number;
      readonly at: number;
    }
  /** A symbolic link; what it points to is kept as it is, whatever that is. */
  | { readonly link: string; readonly to: string; readonly time: number }
  /** A second name of a file that stands before it. */
  | { readonly same: string; readonly as: string };

/** Permission bits that are kept: set-user-ID, set-group-ID and the sticky bit are not. */
export const KEPT_MODE = 0o777;

/** The stored directory is not one that Sluice has stored. */
export class BrokenDirectoryError extends Error {
  override readonly name = "BrokenDirectoryError";
}

/**
 * Reads a line and refuses everything that could reach outside of the directory.
 *
 * @throws {BrokenDirectoryError} says what is wrong, and where
 */
export function parseEntryLine(text: string): EntryLine {
  const line: unknown = parseJson(text);
  const shown = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  if (typeof line !== "object" || line === null || !isEntryLine(line)) {
    throw new BrokenDirectoryError(`the line ${shown} is no entry.`);
  }
  for (const path of pathsOf(line)) {
    checkPath(path);
  }
  return line;
}

/** Every path below the directory that a line names. */
function pathsOf(line: EntryLine): string[] {
  if ("directory" in line) return line.directory === "." ? [] : [line.directory];
  if ("file" in line) return [line.file];
  if ("part" in line) return [line.part];
  if ("link" in line) return [line.link];
  return "same" in line ? [line.same, line.as] : [];
}

function checkPath(path: string): void {
  const segments = path.split("/");
  const isPlain = segments.every((segment) => segment !== "" && segment !== "." && segment !== "..");
  if (!isPlain || posix.isAbsolute(path) || path.includes("\0")) {
    throw new BrokenDirectoryError(`it holds the path "${path}", which leads outside of it.`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The members by which lines are told apart; a line has one of them. */
const KINDS = ["directory", "pack", "file", "part", "link", "same"] as const;

function isEntryLine(line: object): line is EntryLine {
  const member = (name: string): unknown => (Object.hasOwn(line, name) ? Reflect.get(line, name) : undefined);
  const isText = (...names: string[]) => names.every((name) => typeof member(name) === "string");
  const isCount = (...names: string[]) =>
    names.every((name) => Number.isSafeInteger(member(name)) && Number(member(name)) >= 0);
  const hasTime = Number.isSafeInteger(member("time"));
  const isKept = isCount("mode") && Number(member("mode")) <= KEPT_MODE && hasTime;
  const [kind, ...more] = KINDS.filter((name) => Object.hasOwn(line, name));
  switch (more.length === 0 ? kind : undefined) {
    case "directory":
      return isText("directory") && isKept;
    case "pack":
      return isCount("pack");
    case "file":
      return isText("file") && isKept && isCount("bytes");
    case "part":
      return isText("part") && isKept && isCount("bytes", "at");
    case "link":
      return isText("link", "to") && hasTime;
    case "same":
      return isText("same", "as");
    case undefined:
      return false;
  }
}
