import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { SourceFile } from "../compiler/index.ts";
import { errorCode, whyUnreadable } from "./error-code.ts";
import { UsageError } from "./usage-error.ts";

/** Bytes of a pipeline file at most; a longer one is no pipeline, and its text would stand in every message. */
const LARGEST_FILE = 4 * 1024 * 1024;

/**
 * Reads a pipeline file; `name` stays as the user gave it, for messages. A file that cannot be read is a `UsageError`.
 * A byte order mark is dropped.
 */
export function readSourceFile(name: string, cwd: string): SourceFile {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(resolve(cwd, name));
  } catch (error) {
    throw new UsageError(
      `"${name}" cannot be read: ${whyUnreadable(error)}.`,
      errorCode(error) === "ENOENT" ? "Check the path, or make a first pipeline with: sluice init" : undefined,
    );
  }
  if (bytes.length > LARGEST_FILE) {
    throw new UsageError(`"${name}" has ${bytes.length} bytes; a pipeline file has at most ${LARGEST_FILE}.`);
  }
  return { name, text: new TextDecoder("utf-8").decode(bytes) };
}
