import { openBackticks, openDollar } from "./expansions.ts";
import type { ArithmeticFrame, ParameterFrame } from "./frames.ts";
import { closeFrame, enclosingCode, isReferenceAt, judgeHere, type Lexer, openFrame, peek, take } from "./lexer.ts";
import { countName } from "./numbers.ts";

/** `${…}`: the name, then an operator, then a word or a pattern. */
export function stepParameter(lexer: Lexer, frame: ParameterFrame, character: string): true {
  const isCounted = judgeHere(lexer) !== undefined;
  if (frame.phase === "subscript" || frame.phase === "offset") {
    if (isCounted) countName(lexer.numbers, frame, character);
  }
  if (character === "}" && frame.phase !== "subscript") {
    if (lexer.judges.at(-1) !== undefined && !frame.isLength) lexer.numbers.counted.add(frame.name);
    const word = enclosingCode(lexer)?.word;
    if (word) word.parameter = frame.name;
    closeFrame(lexer);
    return take(lexer);
  }
  if (character === "$" && frame.phase !== "name") return openDollar(lexer, frame.quoted);
  if (character === "`") {
    return openBackticks(lexer);
  }
  if (frame.phase === "name") return stepName(lexer, frame, character);
  if (frame.phase === "subscript") {
    if (character === "]") frame.phase = "name";
    return take(lexer);
  }
  return stepOperand(lexer, frame, character);
}

function stepName(lexer: Lexer, frame: ParameterFrame, character: string): true {
  const next = peek(lexer, 1);
  const isNamed = frame.name !== "";
  if (character === "#" && !isNamed && next !== "}") frame.isLength = true;
  if (character === "[") frame.phase = "subscript";
  else if (character === ":" && isNamed) frame.phase = next !== undefined && "-=?+".includes(next) ? "word" : "offset";
  else if ("-=?+".includes(character) && isNamed) frame.phase = "word";
  else if ("#%/^,@".includes(character) && isNamed) frame.phase = "pattern";
  // A leading "#" or "!" (length, indirection) is no operator, and "$#", "$@" have one-character names.
  else frame.name += character === "!" || (character === "#" && next !== "}") ? "" : character;
  return take(lexer);
}

function stepOperand(lexer: Lexer, frame: ParameterFrame, character: string): true {
  // Inside double quotes the word after ":-" keeps its apostrophes; a pattern does not.
  if (character === "'" && !(frame.quoted && frame.phase === "word")) openFrame(lexer, { kind: "single" });
  else if (character === '"') openFrame(lexer, { kind: "double" });
  else if (character === "\\" && isReferenceAt(lexer, 1)) {
    // Inside double quotes the backslash belongs to the text; elsewhere the value is quoted as a whole.
    if (frame.quoted && frame.phase === "word") lexer.text += "\\\\";
    lexer.at += 1;
    return true;
  } else if (character === "\\") return take(lexer, 2);
  return take(lexer);
}

/** `$((…))`, `((…))`, `$[…]`: text with expansions; quotes have no effect that matters here. */
export function stepArithmetic(lexer: Lexer, frame: ArithmeticFrame, character: string): true {
  countName(lexer.numbers, frame, character);
  if (character === "$") return openDollar(lexer, true);
  if (character === "`") return openBackticks(lexer);
  const [open, close] = frame.closer === "]" ? ["[", "]"] : ["(", ")"];
  if (character === open) frame.depth++;
  if (character === close && frame.depth === 0) {
    closeFrame(lexer);
    return take(lexer, frame.closer.length);
  }
  if (character === close) frame.depth--;
  return take(lexer, character === "\\" && !isReferenceAt(lexer, 1) ? 2 : 1);
}
