import { replaceBy } from "../../diagnostics/text-fixes.ts";
import type { Rule, RuleContext } from "../rule-context.ts";

/**
 * What a script of GitHub Actions reads and prints: `$GITHUB_OUTPUT` is empty here, and `::set-output` is a line of the
 * log. Told once for each word of an action; not where the pipeline or the commands themselves set the variable.
 */
export const foreignInCommands: Rule = (context) => {
  const { actions, collector, pipeline } = context;
  if (collector.file.text.search(FOREIGN) === -1) return;
  const envs = new Set(pipeline.envs.map(({ name }) => name.value));
  for (const { action } of actions) {
    if (!action.commands || action.disabled) continue;
    const { span } = action.commands;
    const source = collector.file.text.slice(span.start, span.end);
    const told = new Set<string>();
    for (const { 0: text, 1: variable, index } of source.matchAll(FOREIGN)) {
      if (told.has(variable ?? text)) continue;
      told.add(variable ?? text);
      if (variable !== undefined && (envs.has(variable) || isSetIn(source, variable))) continue;
      const at = { start: span.start + index, end: span.start + index + text.length };
      const fixes =
        variable === "GITHUB_OUTPUT" ? [replaceBy('Write "$METAFILE"', at, text.replace(variable, "METAFILE"))] : [];
      const help = variable === undefined ? remedyForCommand(text) : remedyForVariable(variable, context);
      collector.report("validate/of-github", at, { text }, { help, fixes });
    }
  }
};

const FOREIGN = /(?<!\\)\$\{?(GITHUB_[A-Z_]+)\}?|::(?:set-output|set-env|add-path|save-state|add-mask)(?=[ :])/g;

function isSetIn(source: string, variable: string): boolean {
  return new RegExp(`(^|[\\s;&|(])${variable}=|\\$\\{${variable}:?[-=+?]`, "m").test(source);
}

const PUT_OUT = 'An action puts out a value with: echo "name=value" >> "$METAFILE".';
const ENVS =
  'Variables of all actions stand under "envs" at the top of the file; what an action finds out it puts out.';

function remedyForCommand(command: string): string {
  if (command === "::add-mask") return 'Values of secrets are masked by themselves: refer to them with "((key))".';
  return command === "::set-env" || command === "::add-path" ? ENVS : PUT_OUT;
}

/** Outputs of `git-checkout` that have the same value. */
const OUTPUTS: ReadonlyMap<string, string> = new Map([
  ["GITHUB_SHA", "commit"],
  ["GITHUB_REF", "branch"],
  ["GITHUB_REF_NAME", "branch"],
  ["GITHUB_HEAD_REF", "branch"],
  ["GITHUB_ACTOR", "author"],
]);

function remedyForVariable(variable: string, { actions }: RuleContext): string {
  const checkout = actions.find(({ type }) => type?.params.some(({ format }) => format === "repository"));
  const alias = checkout?.action.alias.value ?? "<alias of git-checkout>";
  const output = OUTPUTS.get(variable);
  if (output !== undefined) return `Write "\${{ outputs.${alias}.${output} }}".`;
  if (variable === "GITHUB_OUTPUT" || variable === "GITHUB_STATE") return PUT_OUT;
  if (variable === "GITHUB_ENV" || variable === "GITHUB_PATH") return ENVS;
  if (variable === "GITHUB_WORKSPACE")
    return `The action's own directory is "$WORKDIR", that of a checkout "\${{ dirs.${alias} }}".`;
  return "What belongs to a run are its params, configs and the outputs of its actions.";
}
