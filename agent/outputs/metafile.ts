import { constants } from "node:fs";
import { open } from "node:fs/promises";
import type { OutputEntry } from "../protocol.ts";
import { isBrokenJson, parseMetafile, unreadLines } from "./metadata.ts";

/** Lines that are told of; one shows the mistake of all. */
const MOST_UNREAD_LINES = 3;

/** Reads outputs from the METAFILE while the scripts run. */
export interface MetafileWatch {
  /** Stops watching and reads what is there, also a last line without its line feed. */
  finish(): Promise<void>;
}

/** 100 values of 1,024,000 bytes with their names; a larger file is not read. */
const LARGEST_METAFILE_BYTES = 110_000_000;

/**
 * Looks every `pollMilliseconds` whether the file has changed. (`fs.watch` reports nothing on some file systems, and
 * a `stat` costs microseconds.)
 */
export function watchMetafile(
  path: string,
  onOutput: (entry: OutputEntry) => void,
  pollMilliseconds: number,
  onRefused: (message: string) => void,
): MetafileWatch {
  let seen = "";
  let reading: Promise<void> | undefined;
  const read = async (complete: boolean): Promise<void> => {
    // O_NOFOLLOW: the file is written by the scripts, and a link could show files of the agent's own container.
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
      () => undefined,
    );
    if (file === undefined) {
      return;
    }
    try {
      const { size, mtimeMs, ino } = await file.stat();
      const version = `${ino} ${size} ${mtimeMs}`;
      if (version === seen && !complete) {
        return;
      }
      seen = version;
      if (size > LARGEST_METAFILE_BYTES) {
        onRefused(`METAFILE has ${size} bytes; at most ${LARGEST_METAFILE_BYTES} are read.`);
        return;
      }
      const text = await file.readFile("utf8");
      if (complete && isBrokenJson(text)) {
        onRefused("METAFILE begins like JSON but is none; only its lines of the form key=value are read.");
      }
      if (complete) {
        unreadLines(text)
          .slice(0, MOST_UNREAD_LINES)
          .forEach((line) => {
            onRefused(`METAFILE, line ${line}, is not of the form key=value and puts nothing out.`);
          });
      }
      parseMetafile(text, complete).forEach(onOutput);
    } catch (error) {
      onRefused(`METAFILE cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      await file.close();
    }
  };
  const timer = setInterval(() => {
    reading ??= read(false).finally(() => {
      reading = undefined;
    });
  }, pollMilliseconds);
  return {
    async finish() {
      clearInterval(timer);
      await reading;
      await read(true);
    },
  };
}
