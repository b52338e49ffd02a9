import { replaceBy } from "../../diagnostics/text-fixes.ts";
import type { Rule, RuleContext } from "../rule-context.ts";

/**
 * What is meant as a reference in commands, but written with other braces: `{{ params.x }}`, `${ params.x }`,
 * `$(( params.x ))`, `$params.x`. Told only where the name exists: `{{ … }}` is the language of many templates.
 */
export const referencesAsText: Rule = (context) => {
  const { actions, collector } = context;
  // One look at the file: hardly any holds one of these, and each would be looked for in the commands of each action.
  const braced = BRACED.filter((form) => collector.file.text.search(form) !== -1);
  const bare = collector.file.text.search(BARE) === -1 ? [] : [BARE];
  if (braced.length + bare.length === 0) return;
  for (const { action } of actions) {
    if (!action.commands || action.disabled) continue;
    const { span } = action.commands;
    const source = collector.file.text.slice(span.start, span.end);
    const isForShell = /^(sh|bash|dash|ash|ksh|zsh)\b/.test(action.shell?.value ?? "sh");
    for (const [text, index, path] of pathsIn(source, isForShell ? [...braced, ...bare] : braced)) {
      if (!isKnown(path, context)) continue;
      const at = { start: span.start + index, end: span.start + index + text.length };
      const reference = `\${{ ${path} }}`;
      const fixes = [replaceBy(`Write "${reference}"`, at, reference)];
      collector.report("validate/reference-as-text", at, { text }, { help: `Write "${reference}".`, fixes });
    }
  }
};

function* pathsIn(
  source: string,
  forms: readonly RegExp[],
): Generator<readonly [text: string, at: number, path: string]> {
  for (const form of forms) {
    for (const { 0: text, 1: path = "", index } of source.matchAll(form)) yield [text, index, path];
  }
}

const PATH = String.raw`((?:params|outputs|dirs)\.[\w.-]*\w)`;

/** The wrong braces that are seen. */
const BRACED: readonly RegExp[] = [
  String.raw`(?<![\w$\\{]|\$ )\{\{\s*${PATH}\s*\}\}`,
  String.raw`\$ \{\{\s*${PATH}\s*\}\}`,
  String.raw`\$\{ \{\s*${PATH}\s*\} ?\}`,
  String.raw`\$\{\s+${PATH}\s*\}`,
  // Of an output the blank is read as a part of its name, and told there.
  String.raw`\$\{((?:params|dirs)\.[\w.-]*\w)\s+\}`,
  String.raw`\$\(\(\s*${PATH}\s*\)\)`,
  String.raw`(?<=\$\(\(\s*)${PATH}(?=\s*[-+*/%<>=&|])`,
].map((form) => new RegExp(form, "g"));

/** A dollar sign alone; in some languages it begins a variable with members. */
const BARE = new RegExp(String.raw`(?<![\\$\w])\$${PATH}`, "g");

function isKnown(path: string, { byAlias, byDirectory, pipeline }: RuleContext): boolean {
  const [namespace, ...rest] = path.split(".");
  const name = rest.join(".");
  if (namespace === "params") return pipeline.params.some((param) => param.name.value === name);
  if (namespace === "dirs") return byDirectory.has(name);
  return rest.length > 1 && byAlias.has(rest.slice(0, -1).join("."));
}
