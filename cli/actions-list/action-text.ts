import type { ActionType } from "../../compiler/index.ts";
import { cellWidth, padCells } from "../text/width.ts";
import { UsageError } from "../usage-error.ts";

/** One line per action type: its name and the first sentence about it. */
export function actionListText(types: ReadonlyMap<string, ActionType>): string {
  const sorted = [...types.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const cells = Math.max(0, ...sorted.map(({ name }) => cellWidth(name)));
  const lines = sorted.map(({ name, description }) => `${padCells(name, cells)}  ${firstSentence(description)}`);
  return `${[...lines, "", "Show one with: sluice actions NAME"].join("\n")}\n`;
}

/** The type of that name; an unknown one is a `UsageError` that lists what there is. */
export function findActionType(name: string, types: ReadonlyMap<string, ActionType>): ActionType {
  const type = types.get(name);
  if (type !== undefined) return type;
  const known = [...types.keys()].sort().join(", ");
  throw new UsageError(`There is no action type "${name}".`, `There are: ${known}. Your own come with --actions DIR.`);
}

/** Everything about one type, with an example of its use; `docs` is Markdown, printed as it is. */
export function actionText(type: ActionType, docs?: string): string {
  const sections = [
    `${type.name} ${type.version}\n${indent(type.description.trim())}`,
    paramsText(type),
    outputsText(type),
  ];
  if (type.image !== undefined) sections.push(`image\n  ${type.image}`);
  sections.push(`example\n${indent(exampleText(type))}`);
  if (docs !== undefined) sections.push(docs);
  return `${sections.join("\n\n")}\n`;
}

function paramsText({ params, otherParams }: ActionType): string {
  const others = "  any name: its commands read it as ACTION_<NAME>";
  if (params.length === 0) return `params\n${otherParams === true ? others : "  none"}`;
  const entries = params.map((param) => {
    const fallback = param.default === undefined ? "" : `, default ${JSON.stringify(param.default)}`;
    const facts = `${param.type}${param.required ? ", required" : fallback}`;
    return `  ${param.name}  (${facts})\n${indent(param.description.trim(), 6)}`;
  });
  return `params\n${[...entries, ...(otherParams === true ? [others] : [])].join("\n")}`;
}

function outputsText({ outputs }: ActionType): string {
  if (outputs === undefined) return 'outputs\n  whatever its commands put out: echo "name=value" >> "$METAFILE"';
  if (outputs.length === 0) return "outputs\n  none";
  const cells = Math.max(...outputs.map(({ name }) => cellWidth(name)));
  return `outputs\n${outputs.map(({ name, description }) => `  ${padCells(name, cells)}  ${description.trim()}`).join("\n")}`;
}

function exampleText(type: ActionType): string {
  const shown = type.params.filter(({ defaultEnv, required }) => required || defaultEnv !== undefined);
  const example = ({ format }: ActionType["params"][number]) =>
    format === "repository" ? "https://git.example/shop.git" : "…";
  const params = shown.map((param) => `      ${param.name}: ${example(param)}`);
  const commands = type.name === "custom-script" ? ["    commands:", "    - echo hello"] : [];
  return [
    `- ${type.name}:`,
    "    alias: my-name",
    ...(params.length === 0 ? [] : ["    params:", ...params]),
    ...commands,
  ].join("\n");
}

function firstSentence(text: string): string {
  const line = text.trim().split("\n")[0] ?? "";
  const end = line.search(/\.(\s|$)/);
  return end === -1 ? line : line.slice(0, end + 1);
}

function indent(text: string, columns = 2): string {
  return text.replace(/^(?=.)/gm, " ".repeat(columns));
}
