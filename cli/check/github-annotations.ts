import type { JsonDiagnostic } from "../../compiler/index.ts";

/**
 * Workflow commands that GitHub Actions shows beside the lines of a pull request.
 * Source: GitHub documentation, "Workflow commands for GitHub Actions", `error` and `warning`.
 */
export function githubAnnotations(file: string, diagnostics: readonly JsonDiagnostic[]): string {
  return diagnostics
    .map((diagnostic) => {
      const properties = [
        `file=${escapeProperty(file)}`,
        `line=${diagnostic.line}`,
        `col=${diagnostic.column}`,
        `endLine=${diagnostic.endLine}`,
        // GitHub's columns are inclusive at both ends; ours are exclusive at the end.
        `endColumn=${Math.max(1, diagnostic.endColumn - 1)}`,
        `title=${escapeProperty(diagnostic.code)}`,
      ].join(",");
      const text = `${diagnostic.message}\n${diagnostic.help}`;
      return `::${diagnostic.severity} ${properties}::${escapeMessage(text)}\n`;
    })
    .join("");
}

/** Line feeds and percent signs are percent-encoded; in a property also `:` and `,`. */
function escapeMessage(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
