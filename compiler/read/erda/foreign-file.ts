import type { YamlEntry, YamlMap, YamlNode } from "../../parse/tree.ts";
import { field } from "./fields.ts";
import type { ReadContext } from "./read-context.ts";

/** A kind of file of another system. */
interface ForeignFile {
  /** With its article. */
  readonly name: string;
  /** The key that tells it, where it is such a file. */
  find(entries: readonly YamlEntry[]): YamlEntry | undefined;
}

/** What each is told by: no pipeline of ours has these keys in this form. */
const FOREIGN_FILES: readonly ForeignFile[] = [
  {
    name: "a workflow of GitHub Actions",
    find: (entries) => (has(entries, "on") ? mapBehind(entries, "jobs") : undefined),
  },
  {
    name: "a configuration of CircleCI",
    find: (entries) => (has(entries, "workflows") ? mapBehind(entries, "jobs") : undefined),
  },
  { name: "a pipeline of GitLab CI", find: findGitLabJob },
  {
    name: "an object of Kubernetes",
    find: (entries) => (has(entries, "apiVersion") ? entries.find(({ key }) => key === "kind") : undefined),
  },
];

/** Reports a whole file of another system, once: nothing of it would be read as it is meant. Answers whether it is one. */
export function reportForeignFile({ entries }: YamlMap, { collector }: ReadContext): boolean {
  for (const { find, name } of FOREIGN_FILES) {
    const found = find(entries);
    if (!found) continue;
    collector.report("read/foreign-file", found.keySpan, { name });
    return true;
  }
  return false;
}

function has(entries: readonly YamlEntry[], key: string): boolean {
  return field(entries, key) !== undefined && field(entries, "stages") === undefined;
}

function mapBehind(entries: readonly YamlEntry[], key: string): YamlEntry | undefined {
  return entries.find((entry) => entry.key === key && entry.value.kind === "map");
}

/** `stages` of GitLab are names, or left out; its jobs stand beside them, with a `script`. */
function findGitLabJob(entries: readonly YamlEntry[]): YamlEntry | undefined {
  const stages = field(entries, "stages");
  if (stages && !isListOfTexts(stages)) return undefined;
  return entries.find(({ value }) => value.kind === "map" && field(value.entries, "script") !== undefined);
}

function isListOfTexts(node: YamlNode): boolean {
  return node.kind === "list" && node.items.every(({ kind }) => kind === "scalar");
}
