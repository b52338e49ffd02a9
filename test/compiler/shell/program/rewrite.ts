import { rewriteCommands } from "../../../../compiler/shell/rewrite-commands.ts";
import { shellOf } from "../../../../compiler/shell/shell-of.ts";
import { commandsOf } from "../commands-of.ts";

/** A reference as the tests write it. */
export const V = "${{ outputs.repo.commit }}";

/** Rewrites a program for an interpreter. */
export function rewrite(program: string, shell: string) {
  return rewriteCommands(commandsOf(program), shellOf(shell));
}

/** Who would take a value of the program as code. */
export function readersOf(program: string, shell: string): readonly string[] {
  return rewrite(program, shell).problems.map(({ reader }) => reader);
}
