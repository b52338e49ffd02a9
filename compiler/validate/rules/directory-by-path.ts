import { replaceBy } from "../../diagnostics/text-fixes.ts";
import type { Commands } from "../../model/pipeline.ts";
import type { PlacedAction } from "../placed-action.ts";
import type { Rule, RuleContext } from "../rule-context.ts";

/**
 * Directories of earlier actions are brought to an action that refers to them. In Erda all of them stand beside its own,
 * so files exist that go there by path: `cd ../repo`, `$CONTEXTDIR/repo`, or `cd ..` and then `repo/build.sh`.
 */
export const directoryByPath: Rule = (context) => {
  const { actions, collector } = context;
  for (const placed of actions) {
    const { commands } = placed.action;
    if (!commands || placed.action.disabled) continue;
    const { span } = commands;
    const source = collector.file.text.slice(span.start, span.end);
    if (!source.includes("..") && !source.includes("CONTEXTDIR")) continue;
    const told = new Set<string>();
    for (const { index, name, path } of pathsIn(source, textOf(commands))) {
      if (told.has(name) || !isMissing(name, placed, context)) continue;
      told.add(name);
      const at = { start: span.start + index, end: span.start + index + path.length };
      const reference = `\${{ dirs.${name} }}`;
      const help = `Write "${reference}": whoever refers to a directory gets it.`;
      const fixes = [replaceBy("Refer to the directory", at, reference)];
      collector.report("validate/directory-by-path", at, { path, directory: name }, { help, fixes });
    }
  }
};

function textOf({ parts }: Commands): string {
  return parts.map((part) => (typeof part === "string" ? part : "")).join("");
}

interface FoundPath {
  /** In the source of the commands. */
  readonly index: number;
  readonly path: string;
  readonly name: string;
}

function* pathsIn(source: string, script: string): Generator<FoundPath> {
  for (const { 0: path, index } of source.matchAll(/(?:(?<![\w./])\.\.\/|\$\{?CONTEXTDIR\}?\/)[\w-][\w.-]*/g)) {
    yield { index, path, name: path.slice(path.lastIndexOf("/") + 1) };
  }
  if (!/^\s*cd \.\.\s*$/m.test(script)) return;
  for (const { 0: name, index } of source.matchAll(/(?<![\w./$"'{-])[\w-][\w.-]*(?=\/)/g)) {
    yield { index, path: name, name };
  }
}

/** Whether the directory exists, is earlier, and nothing of the action refers to it. */
function isMissing(name: string, placed: PlacedAction, { byDirectory, references }: RuleContext): boolean {
  const producer = byDirectory.get(name);
  if (!producer || producer.action.disabled || producer.stage >= placed.stage) return false;
  return !references.some(
    ({ from, reference }) => from === placed && reference.kind === "dir" && reference.namespace === name,
  );
}
