import * as z from "zod";

/** The parameter `limit` of a query: how many there are in a page. */
export function limitParameter({ fallback, most }: { readonly fallback: number; readonly most: number }) {
  return z
    .string()
    .regex(/^[0-9]+$/, "must be a number")
    .transform(Number)
    .pipe(z.int().min(1).max(most))
    .default(fallback);
}
