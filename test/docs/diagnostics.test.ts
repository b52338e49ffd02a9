import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { CATALOG } from "../../compiler/diagnostics/catalog/index.ts";
import type { CatalogEntry } from "../../compiler/diagnostics/catalog-entry.ts";
import { fillRegions } from "./regions.ts";

const DOCUMENT = fileURLToPath(new URL("../../docs/diagnostics.md", import.meta.url));
const ENTRIES: readonly (readonly [string, CatalogEntry<string>])[] = Object.entries(CATALOG);

/** One heading per code of a phase, with its words; `{name}` is what a diagnostic fills in. */
function describePhase(phase: string): string {
  return ENTRIES.filter(([code]) => code.startsWith(`${phase}/`))
    .map(([code, { severity, message, help }]) => {
      const holes = Object.fromEntries([...message.keys, ...(help?.keys ?? [])].map((key) => [key, `{${key}}`]));
      const remedy = help === undefined ? "" : `\n  help: ${help.render(holes)}`;
      return `### ${code}\n\n\`\`\`text\n${severity}: ${message.render(holes)}${remedy}\n\`\`\``;
    })
    .join("\n\n");
}

test("docs/diagnostics.md has every code of the catalog, with its words", async () => {
  const phases = [...new Set(ENTRIES.map(([code]) => code.slice(0, code.indexOf("/"))))];
  const regions = Object.fromEntries(phases.map((phase) => [phase, describePhase(phase)]));
  await expect(fillRegions(readFileSync(DOCUMENT, "utf8"), regions)).toMatchFileSnapshot(DOCUMENT);
});

test("and no heading is left of a code that is gone", () => {
  const headings = [...readFileSync(DOCUMENT, "utf8").matchAll(/^### (\S+)$/gm)].map(([, code]) => code);
  expect(headings).toEqual([...new Set(headings)]);
  expect(new Set(headings)).toEqual(new Set(ENTRIES.map(([code]) => code)));
});
