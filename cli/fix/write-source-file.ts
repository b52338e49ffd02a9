import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { errorCode } from "../error-code.ts";
import { UsageError } from "../usage-error.ts";

const BYTE_ORDER_MARK = "\ufeff";

/**
 * Writes a pipeline file that was read by `readSourceFile`; a byte order mark stays. A file that is not UTF-8 is a
 * `UsageError`: what was read of it is not what stands in it, so that writing would destroy it.
 */
export function writeSourceFile(name: string, text: string, cwd: string): void {
  const path = resolve(cwd, name);
  try {
    const before = textOf(readFileSync(path));
    if (before === undefined) {
      throw new UsageError(`"${name}" is not UTF-8, so it was left as it is.`, "Save it as UTF-8 and try again.");
    }
    writeFileSync(path, before.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK + text : text);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`"${name}" cannot be written (${errorCode(error)}).`, "See the changes with --dry-run.");
  }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
