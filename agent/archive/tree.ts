import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  futimesSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  openSync,
  symlinkSync,
  utimesSync,
  writeSync,
} from "node:fs";
import { join, posix } from "node:path";
import { BrokenDirectoryError, type EntryLine } from "./format.ts";

/** A line whose content stands in a pack. */
export type FileLine = Extract<EntryLine, { readonly bytes: number }>;

/** A directory that is being restored. */
export interface Tree {
  /** Makes a directory at once; links wait for `finish`. */
  add(line: Exclude<EntryLine, FileLine | { readonly pack: number }>): void;
  /** Writes a file, or a part of one; parts may come in any order. */
  write(line: FileLine, content: Uint8Array): void;
  /** Makes the links, and gives everything its mode and its time that could not have it before. */
  finish(): void;
}

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;

/**
 * Restores below `root`, an empty directory. Nothing is written outside of it: lines name plain paths (`format.ts`),
 * whatever is made stands in a directory that was made here, no file is written twice, and while files are written there
 * is no symbolic link yet. Where a link points to is data of the user, and is kept.
 *
 * Files are written synchronously: of 20,000 small ones, four switches to another thread for each would take longest.
 */
export function createTree(root: string): Tree {
  const directories: Extract<EntryLine, { readonly directory: string }>[] = [];
  const links: Extract<EntryLine, { readonly link: string } | { readonly same: string }>[] = [];
  const parted = new Map<string, FileLine>();
  const made = new Set(["."]);
  /** Where an entry goes: into a directory that was made here, never through a link. */
  const place = (path: string) => {
    const parent = posix.dirname(path);
    if (!made.has(parent)) {
      throw new BrokenDirectoryError(`it holds "${path}", but no directory "${parent}" before it.`);
    }
    return join(root, path);
  };
  const seconds = (time: number) => time / 1000;
  return {
    add(line) {
      if (!("directory" in line)) {
        links.push(line);
        return;
      }
      if (line.directory !== ".") {
        mkdirSync(place(line.directory), { mode: 0o700 });
        made.add(line.directory);
      }
      directories.push(line);
    },
    write(line, content) {
      const isWhole = "file" in line;
      const path = isWhole ? line.file : line.part;
      const isNew = isWhole || !parted.has(path);
      const file = openSync(place(path), O_WRONLY | O_NOFOLLOW | (isNew ? O_CREAT | O_EXCL : 0), 0o600);
      try {
        writeWhole(file, content, isWhole ? 0 : line.at);
        if (isWhole) {
          fchmodSync(file, line.mode);
          futimesSync(file, seconds(line.time), seconds(line.time));
        } else {
          parted.set(path, line);
        }
      } finally {
        closeSync(file);
      }
    },
    finish() {
      for (const [path, { mode, time }] of parted) {
        chmodSync(place(path), mode);
        utimesSync(place(path), seconds(time), seconds(time));
      }
      for (const line of links) {
        if ("same" in line) {
          linkSync(place(line.as), place(line.same));
        }
      }
      for (const line of links) {
        if ("link" in line) {
          symlinkSync(line.to, place(line.link));
          lutimesSync(place(line.link), seconds(line.time), seconds(line.time));
        }
      }
      // From the inside out: a directory that may not be written to, or whose time is set, is not touched any more.
      for (const { directory, mode, time } of directories.toReversed()) {
        if (directory !== ".") {
          // The outermost one has the mode that this attempt's runner needs.
          chmodSync(place(directory), mode);
        }
        utimesSync(place(directory), seconds(time), seconds(time));
      }
    },
  };
}

function writeWhole(file: number, content: Uint8Array, position: number): void {
  for (let written = 0; written < content.length; ) {
    written += writeSync(file, content, written, content.length - written, position + written);
  }
}
