import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { FILE_LIMITS } from "../protocol.ts";

/**
 * The content of a file that the scripts left, opened once: what is measured is what is read. Rejects with the size of
 * a file that is too large.
 */
export async function readUpload(path: string): Promise<Buffer<ArrayBuffer>> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { size } = await file.stat();
    if (size > FILE_LIMITS.fileBytes) {
      throw new Error(`it has ${size} bytes; at most ${FILE_LIMITS.fileBytes} are allowed`);
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}
