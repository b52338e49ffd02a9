import type { Leaf, Takes } from "./piece.ts";

/** What a context prints. */
export const show = (value: string) => `<${value}>`;

/** Prints its arguments, each between `<` and `>`. */
export const P = "printf '<%s>'";

/** What a test prints that holds. */
export const yes = () => "<yes>";

/** One context; without `prints` it prints `<value>`. */
export function leaf(name: string, write: Leaf["write"], prints: Leaf["prints"] = show, takes: Takes = "any"): Leaf {
  return { name, write, prints, takes };
}
