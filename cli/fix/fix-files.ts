import { type FixedFile, fixFile, formatFixes } from "../../compiler/index.ts";
import { countText } from "../check/print-checks.ts";
import { loadCompileContext } from "../compile-context.ts";
import type { CompileOptions } from "../compile-options.ts";
import type { Io } from "../io.ts";
import { readSourceFile } from "../source-file.ts";
import { paintFor, usesColor } from "../text/color.ts";
import { writeSourceFile } from "./write-source-file.ts";

/**
 * Applies the fixes of each file's diagnostics, prints what changed, and writes what changed unless `dryRun`. Answers
 * whether no error is left. A file that cannot be read or written is a `UsageError`.
 */
export async function fixFiles(
  files: readonly string[],
  options: CompileOptions & { readonly dryRun: boolean },
  io: Io,
): Promise<boolean> {
  const sources = files.map((file) => readSourceFile(file, io.cwd));
  const context = await loadCompileContext(options, io);
  let allRight = true;
  for (const source of sources) {
    const fixed = fixFile(source, context);
    if (fixed.applied.length > 0) {
      if (!options.dryRun) writeSourceFile(source.name, fixed.file.text, io.cwd);
      io.stdout.write(`${formatFixes(source, fixed.applied, { color: usesColor(io.stdout, io.env) })}\n\n`);
    }
    io.stdout.write(verdict(fixed, options.dryRun, io));
    if (fixed.left.some(({ severity }) => severity === "error")) allRight = false;
  }
  return allRight;
}

function verdict({ applied, file, left }: FixedFile, dryRun: boolean, io: Io): string {
  const paint = paintFor(io.stdout, io.env);
  const mark = left.some(({ severity }) => severity === "error") ? paint("red", "✗") : paint("green", "✓");
  const fixes = `${applied.length} ${applied.length === 1 ? "fix" : "fixes"}`;
  const done = applied.length === 0 ? "nothing to fix" : `${fixes} ${dryRun ? "not written (--dry-run)" : "written"}`;
  const rest = left.length === 0 ? "" : `, ${countText(left)} left: see sluice check ${file.name}`;
  return `${mark} ${file.name}: ${done}${rest}\n`;
}
