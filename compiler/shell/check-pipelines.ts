import type { Command } from "./frames.ts";
import { printedBy } from "./printed.ts";
import type { ShellProblem } from "./problem.ts";
import { inputReaderOf } from "./programs.ts";

/**
 * Finds references in what a command reads as a program: `bash <<EOF`, `cat <<EOF | ssh host`, `echo … | sh`. Only what
 * certainly reaches it is found: text that is printed or fed there, not what a file or another program brings.
 */
export function checkPipelines(pipelines: readonly (readonly Command[])[]): readonly ShellProblem[] {
  return pipelines.flatMap((pipeline) =>
    pipeline.flatMap((command, index) => {
      const program = inputReaderOf(command.words);
      if (!program) return [];
      const read = [...command.fed, ...pipeline.slice(0, index).flatMap(printedBy)];
      return read.map((reference): ShellProblem => ({ code: "lower/reference-as-code", reference, ...program }));
    }),
  );
}
