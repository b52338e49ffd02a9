import { positionOf } from "../source/line-map.ts";
import { codeFrame, printable } from "./code-frame.ts";
import type { Diagnostic } from "./diagnostic.ts";

/** How diagnostics are printed for people. */
export interface FormatOptions {
  /** ANSI colours. Default false; the caller knows the terminal and NO_COLOR. */
  readonly color?: boolean;
}

/**
 * Diagnostics for people: `file:line:column: severity: message [code]`, a code frame, related places and the remedy.
 * The text ends without a line feed; no diagnostics give the empty text.
 */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], options: FormatOptions = {}): string {
  const paint = options.color ? COLOURS : NO_COLOURS;
  return diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, paint)).join("\n\n");
}

type Paint = (text: string) => string;
interface Palette {
  readonly error: Paint;
  readonly warning: Paint;
  readonly place: Paint;
  readonly faint: Paint;
}

const plain: Paint = (text) => text;
const NO_COLOURS: Palette = { error: plain, warning: plain, place: plain, faint: plain };
const ansi =
  (code: number): Paint =>
  (text) =>
    `\u001b[${code}m${text}\u001b[0m`;
const COLOURS: Palette = { error: ansi(31), warning: ansi(33), place: ansi(1), faint: ansi(2) };

function formatDiagnostic(diagnostic: Diagnostic, paint: Palette): string {
  const { code, file, help, message, related, severity, span } = diagnostic;
  const lines = [
    `${paint.place(placeText(diagnostic))}: ${paint[severity](`${severity}:`)} ${message} ${paint.faint(`[${code}]`)}`,
    ...codeFrame(file, span).map((line) => paint.faint(`  ${line}`)),
  ];
  for (const other of related ?? []) {
    const { line, column } = positionOf(file, other.span.start);
    lines.push(`  ${file.name}:${line}:${column}: ${other.message}`);
  }
  lines.push(...helpLines(help));
  return lines.join("\n");
}

/** What is shown of the file stands deeper, so that it is told apart from the words. */
function helpLines(help: string): readonly string[] {
  const [words = "", ...shown] = help.split("\n").map(printable);
  return [`  help: ${words}`, ...shown.map((line) => `    ${line}`)];
}

function placeText({ file, span }: Diagnostic): string {
  const { line, column } = positionOf(file, span.start);
  return `${file.name}:${line}:${column}`;
}
