import { sha256Hex } from "../sha256.ts";

/** Longest pipeline key; with the machine's hash it must stay within 80 characters. */
export const LONGEST_PIPELINE_KEY = 40;

/**
 * Key of a pipeline: `[a-z0-9-]`, at most `LONGEST_PIPELINE_KEY` characters. A name that is not already such a key
 * gets `-<8 hex of its SHA-256>`, so that two pipelines never share a key by accident.
 */
export function pipelineKeyOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, LONGEST_PIPELINE_KEY);
  if (slug === name && slug !== "") return slug;
  const base = (slug === "" ? "pipeline" : slug).slice(0, LONGEST_PIPELINE_KEY - 9).replace(/-$/, "");
  return `${base}-${sha256Hex(name).slice(0, 8)}`;
}

/** Name of a pipeline whose file gives none: the file's base name without `.yaml` or `.yml`. */
export function pipelineNameFromFile(fileName: string): string {
  const base = fileName.replace(/^.*[\\/]/s, "");
  return base.replace(/\.ya?ml$/i, "") || base || "pipeline";
}
