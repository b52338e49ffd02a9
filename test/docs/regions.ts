/**
 * Replaces what stands between `<!-- begin NAME -->` and `<!-- end NAME -->` by what `regions` has for the name. The
 * tests of this folder compare a document with itself, filled anew: `vitest run test/docs -u` writes it.
 */
export function fillRegions(markdown: string, regions: Readonly<Record<string, string>>): string {
  let filled = markdown;
  for (const [name, content] of Object.entries(regions)) {
    const begin = `<!-- begin ${name} -->\n`;
    const end = `<!-- end ${name} -->`;
    const from = filled.indexOf(begin);
    const to = filled.indexOf(end, from);
    if (from === -1 || to === -1) throw new Error(`The document has no region "${name}".`);
    filled = `${filled.slice(0, from + begin.length)}\n${content.trim()}\n\n${filled.slice(to)}`;
  }
  return filled;
}
