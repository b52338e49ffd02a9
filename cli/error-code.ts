/** The code of a system error (`ENOENT`), or `unknown`. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
