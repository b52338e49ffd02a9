import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { type Compilation, type CompileContext, compile, formatDiagnostics } from "../../compiler/index.ts";

/** What the compiler made of a file, and what it had to say that is no error. */
export interface CompiledPipeline {
  readonly compilation: Compilation;
  /** Warnings with their places in the file, ready to be shown; `undefined` where there are none. */
  readonly warnings: string | undefined;
}

/** Compiles a file at synth. Throws an error whose message is the compiler's diagnostics, so `cdk synth` shows them. */
export function compilePipeline(file: string, context: CompileContext): CompiledPipeline {
  const source = { name: relative(process.cwd(), file), text: readFileSync(file, "utf8") };
  const { compilation, diagnostics } = compile(source, context);
  const text = formatDiagnostics(diagnostics, { color: false });
  if (compilation === undefined) throw new Error(`${source.name} does not compile.\n\n${text}`);
  return { compilation, warnings: diagnostics.length === 0 ? undefined : text };
}
