import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { EXPLAINED_CODES, type ExplainedCode } from "../../compiler/index.ts";
import { fillRegions } from "./regions.ts";

const DOCUMENT = fileURLToPath(new URL("../../docs/diagnostics.md", import.meta.url));

/** One heading per code of a phase, with its words, what `sluice explain` says of it, and the example. */
function describePhase(phase: string): string {
  return EXPLAINED_CODES.filter(({ code }) => code.startsWith(`${phase}/`))
    .map(describeCode)
    .join("\n\n");
}

function describeCode({ code, explanation, help, message, severity }: ExplainedCode): string {
  const remedy = help === undefined ? "" : `\n  help: ${help}`;
  const paragraphs = [`### ${code}`, block("text", `${severity}: ${message}${remedy}`), explanation.why];
  if ("wrong" in explanation) {
    paragraphs.push(`Wrong:`, block("yaml", explanation.wrong), `Right:`, block("yaml", explanation.right));
    if (explanation.fix !== undefined) paragraphs.push(`\`sluice fix\`: ${explanation.fix}`);
  }
  return paragraphs.join("\n\n");
}

function block(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

test("docs/diagnostics.md has every code of the catalog, with its words", async () => {
  const phases = [...new Set(EXPLAINED_CODES.map(({ code }) => code.slice(0, code.indexOf("/"))))];
  const regions = Object.fromEntries(phases.map((phase) => [phase, describePhase(phase)]));
  await expect(fillRegions(readFileSync(DOCUMENT, "utf8"), regions)).toMatchFileSnapshot(DOCUMENT);
});

test("and no heading is left of a code that is gone", () => {
  const headings = [...readFileSync(DOCUMENT, "utf8").matchAll(/^### (\S+)$/gm)].map(([, code]) => code);
  expect(headings).toEqual([...new Set(headings)]);
  expect(new Set(headings)).toEqual(new Set(EXPLAINED_CODES.map(({ code }) => code)));
});
