import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, zstdDecompressSync } from "node:zlib";

/** Something that was kept or sent, and where. */
export interface Place {
  readonly name: string;
  readonly content: string | Buffer;
}

/** Every form in which a secret would still be one: each of its lines, in base64 at any alignment, URL-encoded, as JSON. */
function formsOf(secret: string): readonly string[] {
  const texts = [secret, ...secret.split("\n")].filter((text) => text.trim().length >= 3);
  return texts.flatMap((text) => {
    const base64 = [0, 1, 2].map((shift) => {
      const encoded = Buffer.from("x".repeat(shift) + text).toString("base64");
      // The characters at either end also depend on what stands beside it.
      return encoded.slice(shift === 0 ? 0 : 4, -4);
    });
    const encoded = encodeURIComponent(text);
    const forms = [
      text,
      JSON.stringify(text).slice(1, -1),
      encoded,
      encoded.toLowerCase(),
      encoded.replaceAll("%20", "+"),
    ];
    return [...forms, ...base64.filter((form) => form.length >= 8), Buffer.from(text).toString("hex")];
  });
}

/** Where secrets are found: `<place>: <the form>`. Contents are also looked into unpacked. */
export function hunt(places: readonly Place[], secrets: readonly string[]): readonly string[] {
  const forms = [...new Set(secrets.flatMap(formsOf))];
  return places.flatMap(({ name, content }) => {
    const texts = layersOf(Buffer.from(content));
    return forms.filter((form) => texts.some((text) => text.includes(form))).map((form) => `${name}: ${form}`);
  });
}

function layersOf(content: Buffer): readonly string[] {
  const layers = [content.toString("utf8"), content.toString("latin1")];
  for (const unpack of [gunzipSync, zstdDecompressSync]) {
    try {
      layers.push(unpack(content).toString("utf8"));
    } catch {
      // It is not packed in this way.
    }
  }
  return layers;
}

/** Every file below a directory. */
export async function filesBelow(directory: string): Promise<readonly Place[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const places = await Promise.all(
    files.map(async (path) => ({ name: path.slice(directory.length), content: await readUnlessGone(path) })),
  );
  return places.flatMap(({ name, content }) => (content === undefined ? [] : [{ name, content }]));
}

/** An agent that ends removes its files while they are listed: what is gone holds nothing any more. */
async function readUnlessGone(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
