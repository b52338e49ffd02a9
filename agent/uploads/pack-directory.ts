import { FILE_LIMITS } from "../protocol.ts";

/**
 * Packs the directory `name` of `parent` as tar.gz, below its own name. Owners are left out, modes, times and links
 * are kept. Rejects as soon as the archive is too large, however large the directory is.
 */
export async function packDirectory(parent: string, name: string): Promise<Buffer<ArrayBuffer>> {
  const { create } = await import("tar");
  const chunks: Buffer[] = [];
  let bytes = 0;
  // `./`: a name that begins with `@` would be taken as an archive to read from.
  for await (const chunk of create({ cwd: parent, portable: true, follow: false, gzip: true }, [`./${name}`])) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > FILE_LIMITS.fileBytes) {
      throw new Error(`the directory has more than ${FILE_LIMITS.fileBytes} bytes when it is packed`);
    }
  }
  return Buffer.concat(chunks);
}
