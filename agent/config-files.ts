import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Layout, safeSegment } from "./layout.ts";
import type { Assignment } from "./protocol.ts";

/** Writes the config files that the action refers to, readable by the scripts' user alone. */
export async function writeConfigFiles(layout: Layout, files: Assignment["configFiles"]): Promise<void> {
  for (const file of files) {
    const path = join(layout.configs, safeSegment(file.name));
    await writeFile(path, Buffer.from(file.contentBase64, "base64"), { mode: layout.modes.file });
    await chmod(path, layout.modes.file);
  }
}

/** Contents of secret config files, which are masked like every other secret. */
export function secretFileContents(files: Assignment["configFiles"]): string[] {
  return files.filter((file) => file.secret).map((file) => Buffer.from(file.contentBase64, "base64").toString("utf8"));
}
