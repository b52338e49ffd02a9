import { type Diagnostic, diagnosticsToJson, formatDiagnostics } from "../../compiler/index.ts";
import type { Io } from "../io.ts";
import { paintFor, usesColor } from "../text/color.ts";
import { shellWord } from "../text/shell-word.ts";
import type { Check } from "./check-files.ts";
import { githubAnnotations } from "./github-annotations.ts";

/** Prints the result of `sluice check` to stdout. */
export function printChecks(checks: readonly Check[], format: "text" | "json" | "github", io: Io): void {
  switch (format) {
    case "json": {
      const files = checks.map(({ file, valid, diagnostics }) => ({
        file,
        valid,
        diagnostics: diagnosticsToJson(diagnostics),
      }));
      io.stdout.write(`${JSON.stringify({ files }, null, 2)}\n`);
      return;
    }
    case "github":
      for (const { file, diagnostics } of checks) {
        io.stdout.write(githubAnnotations(file, diagnosticsToJson(diagnostics)));
      }
      return;
    case "text":
      for (const check of checks) io.stdout.write(checkText(check, io));
      return;
  }
}

function checkText({ file, fixable, valid, diagnostics }: Check, io: Io): string {
  const paint = paintFor(io.stdout, io.env);
  const details = diagnostics.length === 0 ? "" : ` (${countText(diagnostics)})`;
  const verdict = valid ? `${paint("green", "✓")} ${file} is valid` : `${paint("red", "✗")} ${file} is not valid`;
  const text = formatDiagnostics(diagnostics, { color: usesColor(io.stdout, io.env) });
  return `${text === "" ? "" : `${text.trimEnd()}\n\n`}${verdict}${details}\n${fixText(file, fixable)}`;
}

function fixText(file: string, fixable: number): string {
  if (fixable === 0) return "";
  return `  ${count(fixable, "problem")} can be fixed by: sluice fix ${shellWord(file)}\n`;
}

/** `1 error, 2 warnings`; empty where there is nothing to count. */
export function countText(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const counts = [count(errors, "error"), count(diagnostics.length - errors, "warning")];
  return counts.filter((text) => text !== "").join(", ");
}

function count(number: number, noun: string): string {
  return number === 0 ? "" : `${number} ${noun}${number === 1 ? "" : "s"}`;
}
