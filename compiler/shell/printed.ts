import type { CodeFrame, Command, Printed } from "./frames.ts";
import { currentWord, enclosingCode, judgeHere, type Lexer } from "./lexer.ts";
import { charactersMaskedBy } from "./masked-text.ts";

const PRINTERS: ReadonlySet<string> = new Set(["echo", "printf"]);

/**
 * References whose values commands certainly print or pass on; not those of files and arguments of others. Commands that
 * are `known` are left out, and what is read becomes known.
 */
export function printedBy(commands: readonly Command[], known = new Set<Command>()): readonly Printed[] {
  const printed: Printed[] = [];
  const left = commands.toReversed();
  for (let command = left.pop(); command; command = left.pop()) {
    if (known.has(command)) continue;
    known.add(command);
    for (const inner of command.inner.toReversed()) left.push(inner);
    for (const reference of command.fed) printed.push(reference);
    if (PRINTERS.has(command.words[0]?.text ?? "")) addArguments(printed, command);
  }
  return printed;
}

function addArguments(printed: Printed[], { words }: Command): void {
  for (const word of words.slice(1)) {
    for (const reference of word.references) printed.push(reference);
    if (word.printed.length > 0) printed.push(word.printed);
  }
}

/** What the output of a substitution that starts here becomes part of. */
export function readerOf(lexer: Lexer): CodeFrame["into"] {
  if (judgeHere(lexer) !== undefined) return "arithmetic";
  const code = enclosingCode(lexer);
  return code && currentWord(lexer, code);
}

/** Tells who reads the output of a substitution which references are in it. */
export function deliver({ problems }: Lexer, into: CodeFrame["into"], commands: readonly Command[]): void {
  const printed = printedBy(commands);
  if (printed.length === 0) return;
  if (into !== "arithmetic") {
    const characters = charactersMaskedBy(commands);
    if (characters === undefined) into?.printed.push(printed);
    else into?.masked.push({ characters, printed });
    return;
  }
  const help = "Take the value itself: in $((…)) Sluice makes sure that it is a number.";
  problems.report(printed, { code: "lower/reference-as-code", reader: "arithmetic", help });
}
