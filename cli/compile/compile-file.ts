import {
  type CompileContext,
  type CompileResult,
  compile,
  formatDiagnostics,
  type SourceFile,
} from "../../compiler/index.ts";
import { loadCompileContext } from "../compile-context.ts";
import type { CompileOptions } from "../compile-options.ts";
import type { Io } from "../io.ts";
import { readSourceFile } from "../source-file.ts";
import { usesColor } from "../text/color.ts";

/** Compiles one file; what is wrong with it goes to stderr, warnings too, unless `quiet`. `runsElsewhere`: not on this machine. */
export async function compileFile(
  file: string,
  options: CompileOptions,
  io: Io,
  { quiet = false, runsElsewhere = false }: { readonly quiet?: boolean; readonly runsElsewhere?: boolean } = {},
): Promise<CompileResult & { readonly context: CompileContext; readonly source: SourceFile }> {
  const source = readSourceFile(file, io.cwd);
  const context = { ...(await loadCompileContext(options, io)), defaultExecutorIsOpen: runsElsewhere };
  const result = compile(source, context);
  if (!quiet && result.diagnostics.length > 0) {
    io.stderr.write(`${formatDiagnostics(result.diagnostics, { color: usesColor(io.stderr, io.env) }).trimEnd()}\n\n`);
  }
  return { ...result, context, source };
}
