import { type CompileContext, compile, type Diagnostic, fixFile, type SourceFile } from "../../compiler/index.ts";
import { loadCompileContext } from "../compile-context.ts";
import type { CompileOptions } from "../compile-options.ts";
import type { Io } from "../io.ts";
import { readSourceFile } from "../source-file.ts";

/** What `sluice check` found in one file. */
export interface Check {
  readonly file: string;
  /** No diagnostic is an error. */
  readonly valid: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** How many fixes `sluice fix` would write. */
  readonly fixable: number;
}

/** Compiles each file and keeps what is wrong with it. A file that cannot be read is a `UsageError`. */
export async function checkFiles(
  files: readonly string[],
  options: CompileOptions & { readonly unknownActions: "error" | "warn" },
  io: Io,
): Promise<readonly Check[]> {
  const sources = files.map((file) => readSourceFile(file, io.cwd));
  const context = await loadCompileContext(options, io);
  return sources.map((source) => {
    const { diagnostics } = compile(source, { ...context, unknownActions: options.unknownActions });
    return {
      file: source.name,
      valid: !diagnostics.some(({ severity }) => severity === "error"),
      ...promise(diagnostics, source, context),
    };
  });
}

/** What `sluice fix` would really write, found out by fixing: an offered fix that would not help is not promised. */
function promise(
  diagnostics: readonly Diagnostic[],
  source: SourceFile,
  context: CompileContext,
): Pick<Check, "diagnostics" | "fixable"> {
  if (!diagnostics.some(({ fixes }) => fixes)) return { diagnostics, fixable: 0 };
  const { applied } = fixFile(source, context);
  const written = new Set(applied.map(({ code, offset, title }) => `${code} ${title} ${offset}`));
  return {
    fixable: applied.length,
    diagnostics: diagnostics.map((diagnostic) => {
      const { fixes, ...unfixable } = diagnostic;
      const first = fixes?.[0];
      if (!first) return diagnostic;
      return written.has(`${diagnostic.code} ${first.title} ${diagnostic.span.start}`) ? diagnostic : unfixable;
    }),
  };
}
