import { compile, type Diagnostic } from "../../compiler/index.ts";
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
  /** How many of them offer a fix. */
  readonly fixable: number;
}

/** Compiles each file and keeps what is wrong with it. A file that cannot be read is a `UsageError`. */
export async function checkFiles(
  files: readonly string[],
  options: CompileOptions & { readonly unknownActions: "error" | "warn" },
  io: Io,
): Promise<readonly Check[]> {
  const sources = files.map((file) => readSourceFile(file, io.cwd));
  const context = { ...(await loadCompileContext(options, io)), unknownActions: options.unknownActions };
  return sources.map((source) => {
    const { diagnostics } = compile(source, context);
    return {
      file: source.name,
      valid: !diagnostics.some(({ severity }) => severity === "error"),
      diagnostics,
      fixable: diagnostics.filter(({ fixes }) => fixes).length,
    };
  });
}
