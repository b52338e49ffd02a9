import type { Command } from "./frames.ts";
import { inputReaderOf } from "./input-reader.ts";
import { printedBy } from "./printed.ts";
import type { ProblemCollector } from "./problem.ts";

/**
 * Finds references in what a command reads as a program: `bash <<EOF`, `cat <<EOF | ssh host`, `echo … | sh`. Only what
 * certainly reaches it is found: text that is printed or fed there, not what a file or another program brings.
 */
export function checkPipelines(pipelines: readonly (readonly Command[])[], problems: ProblemCollector): void {
  /** Whose output is read as a program already: the commands of a group count in each group around it. */
  let known: Set<Command> | undefined;
  for (const pipeline of pipelines) {
    let before: Command[] = [];
    for (const command of pipeline) {
      const program = before.length + command.fed.length > 0 ? inputReaderOf(command) : undefined;
      if (program) {
        const problem = { code: "lower/reference-as-code", ...program } as const;
        problems.report(command.fed, problem);
        known ??= new Set();
        problems.report(printedBy(before, known), problem);
        before = [];
      }
      before.push(command);
    }
  }
}
