import { parseSync, Visitor } from "oxc-parser";

/** One `await` in the code under test. */
export interface AwaitSite {
  /** Path from the repository's root. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** What is awaited, in one line. */
  readonly text: string;
}

/** Name of the global by which instrumented code calls the harness. */
export const HARNESS = "__sluiceFaults";

/**
 * Puts a point before and one after every `await` of a module: `await x` becomes `(await at(id, async () => (x)))`, and
 * `for await (… of x)` goes over `iterate(id, x)`. Lines stay where they are. `register` numbers a site.
 */
export function wrapAwaits(file: string, source: string, register: (site: AwaitSite) => number): string {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const insertions: { readonly offset: number; readonly order: number; readonly text: string }[] = [];
  const insert = (offset: number, order: number, text: string) => insertions.push({ offset, order, text });
  const siteOf = (start: number, end: number): number =>
    register({
      file,
      line: source.slice(0, start).split("\n").length,
      text: source.slice(start, end).replace(/\s+/g, " ").slice(0, 100),
    });
  new Visitor({
    AwaitExpression({ start, end, argument }) {
      const id = siteOf(argument.start, argument.end);
      // What begins at one place is written from the outside in, what ends there from the inside out.
      insert(start, start - end, "(");
      insert(argument.start, argument.start - argument.end - 0.5, `globalThis.${HARNESS}.at(${id}, async () => (`);
      insert(end, -start, ")))");
    },
    ForOfStatement(node) {
      if (!node.await) return;
      const id = siteOf(node.right.start, node.right.end);
      insert(node.right.start, node.right.start - node.right.end - 0.5, `globalThis.${HARNESS}.iterate(${id}, `);
      insert(node.right.end, -node.right.start, ")");
    },
  }).visit(program);
  let text = source;
  for (const { offset, text: piece } of insertions.sort(byPlace).reverse()) {
    text = text.slice(0, offset) + piece + text.slice(offset);
  }
  return text;
}

function byPlace(
  a: { readonly offset: number; readonly order: number },
  b: { readonly offset: number; readonly order: number },
): number {
  return a.offset - b.offset || a.order - b.order;
}
