import type { InputReader } from "../../wire/input.ts";
import { ServiceError } from "../../wire/service.ts";

/** Items of a page unless the caller says otherwise, and at most. */
const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 1000;

/** The part of a list that is asked for. */
export interface PageRequest {
  readonly start: number;
  readonly size: number;
}

/** `maxResults` (0 means the default) and `nextToken`, which is the place where the next page begins. */
export function readPage(reader: InputReader): PageRequest {
  const wanted = reader.optionalInteger("maxResults") ?? 0;
  if (wanted < 0 || wanted > LARGEST_PAGE) {
    throw new ServiceError("ValidationException", `maxResults must be from 0 to ${LARGEST_PAGE}.`);
  }
  const token = reader.optionalString("nextToken");
  const start = token === undefined ? 0 : Number(Buffer.from(token, "base64url").toString("utf8"));
  if (!Number.isSafeInteger(start) || start < 0) throw new ServiceError("InvalidToken", `Invalid Token: '${token}'`);
  return { start, size: wanted === 0 ? DEFAULT_PAGE : wanted };
}

/** `nextToken` where there is more after this page. */
export function nextTokenOf({ start, size }: PageRequest, total: number): { readonly nextToken?: string } {
  const end = start + size;
  return end < total ? { nextToken: Buffer.from(String(end)).toString("base64url") } : {};
}
