import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

/** A checksum under way: bytes in, base64 out, as in `x-amz-checksum-<algorithm>`. */
export interface Checksum {
  update(chunk: Uint8Array): void;
  digest(): string;
}

const ALGORITHMS: Readonly<Record<string, () => Checksum>> = {
  crc32: createCrc32,
  sha1: () => createHashChecksum("sha1"),
  sha256: () => createHashChecksum("sha256"),
  md5: () => createHashChecksum("md5"),
};

/** `crc32`, `sha1`, `sha256` and `md5`; `undefined` for those that are not supported (`crc32c`, `crc64nvme`). */
export function createChecksum(algorithm: string): Checksum | undefined {
  return Object.hasOwn(ALGORITHMS, algorithm) ? ALGORITHMS[algorithm]?.() : undefined;
}

function createHashChecksum(algorithm: string): Checksum {
  const hash = createHash(algorithm);
  return { update: (chunk) => void hash.update(chunk), digest: () => hash.digest("base64") };
}

function createCrc32(): Checksum {
  let value = 0;
  return {
    update(chunk) {
      value = crc32(chunk, value);
    },
    digest() {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes.toString("base64");
    },
  };
}
