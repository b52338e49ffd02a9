import { open } from "node:fs/promises";
import type { AttemptLogs } from "../../functions/index.ts";

/** Bytes of a file that one read takes; a line that is longer is cut there. */
const CHUNK_BYTES = 512 * 1024;
const LINE_FEED = 0x0a;

/** The logs of attempts in their files; a place in one is the number of the byte behind the last line that was read. */
export function createFileLogs(fileOf: (runId: string, actionKey: string, attempt: number) => string): AttemptLogs {
  return {
    delaySeconds: 0,
    async read({ runId, actionKey, attempt, hasEnded }, after, limit) {
      const start = /^\d{1,15}$/.test(after ?? "") ? Number(after) : 0;
      const { chunk, isAtEnd } = await readChunk(fileOf(runId, actionKey, attempt), start);
      let position = 0;
      const lines: { readonly text: string }[] = [];
      while (lines.length < limit && position < chunk.length) {
        const end = endOfLine(chunk, position, hasEnded && isAtEnd);
        if (end === undefined) break;
        lines.push({ text: chunk.toString("utf8", position, end) });
        position = Math.min(end + 1, chunk.length);
      }
      return { lines, next: String(start + position), isAtEnd: isAtEnd && position === chunk.length };
    },
  };
}

/** Undefined for a line whose end has not been read yet. `isWhole`: nothing comes behind the chunk. */
function endOfLine(chunk: Buffer, position: number, isWhole: boolean): number | undefined {
  const end = chunk.indexOf(LINE_FEED, position);
  if (end !== -1) return end;
  const isLong = position === 0 && chunk.length === CHUNK_BYTES;
  return isWhole || isLong ? chunk.length : undefined;
}

async function readChunk(path: string, start: number): Promise<{ readonly chunk: Buffer; readonly isAtEnd: boolean }> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, "r");
  } catch (error) {
    // The agent makes it when it starts.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return { chunk: Buffer.alloc(0), isAtEnd: true };
    }
    throw error;
  }
  try {
    const buffer = Buffer.alloc(CHUNK_BYTES);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
    const { size } = await file.stat();
    return { chunk: buffer.subarray(0, bytesRead), isAtEnd: start + bytesRead >= size };
  } finally {
    await file.close();
  }
}
