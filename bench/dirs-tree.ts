import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FILES = 20_000;
const MEAN_BYTES = 100_000;
/** What the contents are cut from: text of 4,096 words, and bytes that cannot be compressed, as in images and archives. */
const POOL = { text: 24 * 1024 ** 2, noise: 8 * 1024 ** 2 } as const;
/** Of four files three are text. */
const KINDS = 4;

/** Makes a tree of 2 GB in 20,000 files, with links and modes; the same one every time. */
export function makeTree(root: string): { readonly files: number; readonly bytes: number } {
  const random = randomNumbers();
  const pool = makePool(random);
  let bytes = 0;
  for (let n = 0; n < FILES; n += 1) {
    const directory = join(root, `package${n % 200}`, `part${n % 7}`);
    mkdirSync(directory, { recursive: true });
    // Most are small and a few are large; the last is larger than a pack.
    const size = n === FILES - 1 ? 20 * 1024 ** 2 : Math.floor(3 * MEAN_BYTES * (random() / 2 ** 32) ** 2);
    const isText = random() % KINDS > 0;
    const from = isText
      ? random() % (POOL.text - 20 * 1024 ** 2)
      : POOL.text + (random() % (POOL.noise - 3 * MEAN_BYTES));
    writeFileSync(join(directory, `file${n}`), pool.subarray(from, from + size), {
      mode: n % 10 === 0 ? 0o755 : 0o640,
    });
    bytes += Math.min(size, pool.length - from);
    if (n % 50 === 0) {
      symlinkSync(`file${n}`, join(directory, `link${n}`));
    }
  }
  return { files: FILES, bytes };
}

/** A linear congruential generator: 32 bits at a time. */
function randomNumbers(): () => number {
  let state = 7;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state ^ (state >>> 15)) >>> 0;
  };
}

function makePool(random: () => number): Buffer {
  const letters = (length: number) => Array.from({ length }, () => String.fromCharCode(97 + (random() % 26))).join("");
  const words = Array.from({ length: 4096 }, () => letters(2 + (random() % 9)));
  const pool = Buffer.alloc(POOL.text + POOL.noise);
  for (let at = 0; at < POOL.text; ) {
    at += pool.write(`${words[random() % words.length]}${random() % 12 === 0 ? "\n" : " "}`, at);
  }
  for (let at = POOL.text; at < pool.length; at += 4) pool.writeUInt32LE(random(), at);
  return pool;
}
