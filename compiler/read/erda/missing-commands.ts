import type { DiagnosticExtras } from "../../diagnostics/create-diagnostic.ts";
import type { Fix } from "../../diagnostics/diagnostic.ts";
import { onlyNear, replaceName } from "../../diagnostics/text-fixes.ts";
import { type ActionType, runsOnlyCommands } from "../../model/action-type.ts";
import type { YamlEntry, YamlNode } from "../../parse/tree.ts";
import type { SourceFile } from "../../source/source-file.ts";
import type { ActionItem } from "./action-item.ts";
import { ACTION_LEVEL } from "./action-keys.ts";
import { booleanOf, entriesOf, field, isNull, wordsOf } from "./fields.ts";
import { specsOf } from "./key-table.ts";
import type { ReadContext } from "./read-context.ts";
import { stepsAsCommands } from "./steps-as-commands.ts";

/** What other systems call the commands. */
const OTHER_WORDS: ReadonlySet<string> = new Set(["run", "steps", "script", "scripts", "command", "cmds", "cmd"]);

/**
 * Reports an action that has nothing to run, of a type that runs commands and nothing else: it would end well at once.
 * Answers the key that stands for "commands", where one does: it is one mistake, not an unknown key, too.
 */
export function reportMissingCommands(
  { body, inputs, type }: ActionItem,
  known: ActionType | undefined,
  { collector, file }: ReadContext,
): YamlEntry | undefined {
  if (!known || !runsOnlyCommands(known)) return undefined;
  const commands = body.find(({ key }) => key === "commands");
  if ((commands && !isBlank(commands.value)) || booleanOf(field(body, "disable"))) return undefined;
  const params = [...entriesOf(field(body, "params")), ...inputs];
  // A rule tells "commands" itself under "params".
  if (params.some(({ key }) => key === "commands")) return undefined;
  const action = (wordsOf(field(body, "alias")) ?? type).value;
  const beside = commands ? undefined : body.find(({ key }) => standsForCommands(key));
  const input = params.find(({ key }) => OTHER_WORDS.has(key));
  const place = commands ?? beside ?? input;
  const extras = beside ? remedyBeside(beside, file) : input ? remedyForInput(input) : {};
  collector.report("read/no-commands", place?.keySpan ?? type.span, { action }, extras);
  return beside;
}

/** Nothing, an empty text, or a list of such. What is of a wrong type is told as that, and so is an unknown alias. */
function isBlank(node: YamlNode): boolean {
  if (node.kind === "list") return node.items.every(isBlank);
  if (node.kind === "map" || (node.text === "" && node.value === null && node.span.end > node.span.start)) return false;
  return isNull(node) || node.text.trim() === "";
}

function standsForCommands(key: string): boolean {
  if (specsOf(ACTION_LEVEL).has(key)) return false;
  return OTHER_WORDS.has(key) || onlyNear(key, specsOf(ACTION_LEVEL).keys()) === "commands";
}

function remedyBeside(entry: YamlEntry, file: SourceFile): DiagnosticExtras {
  const { key, keySpan, value } = entry;
  if (isText(value)) return { help: `Write "commands" instead of "${key}".`, fixes: rename(entry, file) };
  const steps = stepsAsCommands(value, file);
  const fixes = replaceName(file, keySpan, key, "commands").flatMap(({ edits }) =>
    steps.map((fix) => ({ title: `Make "commands" of "${key}"`, edits: [...edits, ...fix.edits] })),
  );
  return { help: `Write "commands" instead of "${key}", with one command per list item: "- make".`, fixes };
}

function rename({ key, keySpan, merged }: YamlEntry, file: SourceFile): readonly Fix[] {
  return merged ? [] : replaceName(file, keySpan, key, "commands");
}

function remedyForInput({ key }: YamlEntry): DiagnosticExtras {
  return { help: `Move "${key}" out of "params" and call it "commands": what stands there is an input of commands.` };
}

/** What "commands" may be, also where `: ` makes a map of a command: that is told when it is read as one. */
function isText(node: YamlNode): boolean {
  if (node.kind === "list") return node.items.every((item) => item.kind === "scalar" || isCommandWithColon(item));
  return node.kind === "scalar";
}

/** `echo step: one` */
function isCommandWithColon(node: YamlNode): boolean {
  return node.kind === "map" && node.entries.length === 1 && node.entries.every(({ key }) => key.includes(" "));
}
