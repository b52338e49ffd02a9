import { s3Error } from "./s3-error.ts";

/**
 * Reads `Range: bytes=0-9`, `bytes=5-` and `bytes=-3`, one range only, as S3 does; anything else is ignored, as HTTP
 * wants it.
 *
 * @returns first and last byte, both included; `undefined` for the whole object
 * @throws {ServiceError} InvalidRange when it begins past the end
 */
export function readRange(header: string | undefined, bytes: number): readonly [number, number] | undefined {
  const [, firstText = "", lastText = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (firstText === "" && lastText === "") return undefined;
  const first = firstText === "" ? Math.max(0, bytes - Number(lastText)) : Number(firstText);
  const last = firstText === "" || lastText === "" ? bytes - 1 : Math.min(Number(lastText), bytes - 1);
  if (firstText !== "" && lastText !== "" && Number(lastText) < first) return undefined;
  if (first >= bytes) throw s3Error("InvalidRange", "The requested range is not satisfiable");
  return [first, last];
}
