import { replaceBy } from "../../diagnostics/text-fixes.ts";
import { directoriesByPath } from "../directories-by-path.ts";
import type { Rule } from "../rule-context.ts";

/**
 * Directories of earlier actions are brought to an action that refers to them. In Erda all of them stand beside its own,
 * so files exist that go there by path: `cd ../repo`, `$CONTEXTDIR/repo`, or `cd ..` and then `repo/build.sh`. Newcomers
 * expect them in the working directory: `cd repo`.
 */
export const directoryByPath: Rule = (context) => {
  for (const { name, path, span } of directoriesByPath(context)) {
    const reference = `\${{ dirs.${name} }}`;
    const help = `Write "${reference}": whoever refers to a directory gets it.`;
    const fixes = [replaceBy("Refer to the directory", span, reference)];
    context.collector.report("validate/directory-by-path", span, { path, directory: name }, { help, fixes });
  }
};
