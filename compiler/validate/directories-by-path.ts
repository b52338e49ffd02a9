import type { Span } from "../source/span.ts";
import { pathsInEmptyDirectory, pathsToSiblings } from "./paths-in-commands.ts";
import type { PlacedAction } from "./placed-action.ts";
import type { RuleContext } from "./rule-context.ts";

/** A directory of an earlier action that commands go to by path, so that it will not be there. */
export interface DirectoryByPath {
  readonly name: string;
  readonly path: string;
  readonly span: Span;
}

/** What every path has that is looked for: a cheap test, because most commands have none. */
const MAY_HOLD_PATH = /\/|\b(?:cd|ls|pushd)\s+[\w.-]/;

/** The first path of each action to each directory. */
export function* directoriesByPath(context: RuleContext): Generator<DirectoryByPath> {
  const { actions, collector } = context;
  const referred = directoriesReferredTo(context);
  for (const placed of actions) {
    const { commands } = placed.action;
    if (!commands || placed.action.disabled || placed.stage === 0) continue;
    const { span } = commands;
    const source = collector.file.text.slice(span.start, span.end);
    if (!MAY_HOLD_PATH.test(source)) continue;
    const told = new Set<string>();
    const paths = [...pathsToSiblings(source, commands)];
    // What the type's own script has made stands there, too.
    if (placed.type && placed.type.script === undefined) paths.push(...pathsInEmptyDirectory(source, commands));
    for (const { index, name, path } of paths) {
      if (told.has(name) || referred.get(placed)?.has(name) || !isEarlier(name, placed, context)) continue;
      told.add(name);
      yield { name, path, span: { start: span.start + index, end: span.start + index + path.length } };
    }
  }
}

/** The directories that each action refers to, and so gets. */
function directoriesReferredTo({ references }: RuleContext): ReadonlyMap<unknown, ReadonlySet<string>> {
  const referred = new Map<unknown, Set<string>>();
  for (const { from, reference } of references) {
    if (reference.kind !== "dir") continue;
    const names = referred.get(from);
    if (names) names.add(reference.namespace);
    else referred.set(from, new Set([reference.namespace]));
  }
  return referred;
}

/** Whether an earlier action that runs leaves the directory. */
function isEarlier(name: string, { stage }: PlacedAction, { byDirectory }: RuleContext): boolean {
  const producer = byDirectory.get(name);
  return producer !== undefined && !producer.action.disabled && producer.stage < stage;
}
