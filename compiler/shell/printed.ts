import type { CommandReference } from "../model/pipeline.ts";
import type { CodeFrame, Command } from "./frames.ts";
import { currentWord, enclosingCode, innermost, type Lexer } from "./lexer.ts";

const PRINTERS: ReadonlySet<string> = new Set(["echo", "printf"]);

/** References whose values a command certainly prints or passes on; not those of files and arguments of others. */
export function printedBy({ fed, inner, words: [name, ...rest] }: Command): readonly CommandReference[] {
  const isPrinter = PRINTERS.has(name?.text ?? "");
  const printed = isPrinter ? rest.flatMap((word) => [...word.references, ...word.printed]) : [];
  return [...inner.flatMap(printedBy), ...fed, ...printed];
}

/** What the output of a substitution that starts here becomes part of. */
export function readerOf(lexer: Lexer): CodeFrame["into"] {
  const frame = innermost(lexer);
  const isJudged =
    frame.kind === "arithmetic" || (frame.kind === "parameter" && /^(subscript|offset)$/.test(frame.phase));
  if (isJudged) return "arithmetic";
  const code = enclosingCode(lexer);
  return code && currentWord(lexer, code);
}

/** Tells who reads the output of a substitution which references are in it. */
export function deliver(lexer: Lexer, into: CodeFrame["into"], printed: readonly CommandReference[]): void {
  if (into !== "arithmetic") {
    into?.printed.push(...printed);
    return;
  }
  const help = "Take the value itself: in $((…)) Sluice makes sure that it is a number.";
  for (const reference of new Set(printed)) {
    lexer.problems.push({ code: "lower/reference-as-code", reference, reader: "arithmetic", help });
  }
}
