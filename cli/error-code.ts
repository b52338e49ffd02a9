const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "there is no such file"],
  ["EISDIR", "it is a directory"],
  ["EACCES", "permission denied"],
]);

/** Why a file cannot be read, in words where they are known. */
export function whyUnreadable(error: unknown): string {
  const code = errorCode(error);
  return REASONS.get(code) ?? code;
}

/** The code of a system error (`ENOENT`), or `unknown`. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
