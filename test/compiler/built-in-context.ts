import { loadCompileContext } from "../../cli/compile-context.ts";
import type { CompileContext } from "../../compiler/index.ts";

/** What `sluice check FILE` compiles against without flags: the built-in action types on this machine. */
export const BUILT_IN_CONTEXT: CompileContext = await loadCompileContext(
  { actions: [], executor: [], strict: false },
  { cwd: process.cwd() },
);
