import { readFileSync } from "node:fs";

/**
 * The version in the package.json of this package, which stands one folder up in a checkout and two folders up in
 * what is published (`dist/cli`).
 */
export function packageVersion(): string {
  for (const candidate of ["../package.json", "../../package.json"]) {
    const version = versionIn(new URL(candidate, import.meta.url));
    if (version !== undefined) return version;
  }
  throw new Error("The package.json of sluice is missing.");
}

function versionIn(file: URL): string | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== "object" || parsed === null || !("name" in parsed) || !("version" in parsed)) return undefined;
  return parsed.name === "sluice" && typeof parsed.version === "string" ? parsed.version : undefined;
}
