import type { CodeFrame, HeredocFrame } from "./frames.ts";
import { type Lexer, peek, take } from "./lexer.ts";
import { stepQuotedText } from "./quotes.ts";

/** At `<<` or `<<-`: reads the delimiter; the body starts after the line. */
export function openHeredoc(lexer: Lexer, frame: CodeFrame): true {
  take(lexer, 2);
  const stripsTabs = peek(lexer) === "-";
  if (stripsTabs) take(lexer);
  while (peek(lexer) === " " || peek(lexer) === "\t") take(lexer);
  const { delimiter, quoted } = takeDelimiter(lexer);
  lexer.heredocs.push({ delimiter, expands: !quoted, stripsTabs, command: frame.words });
  return true;
}

function takeDelimiter(lexer: Lexer): { readonly delimiter: string; readonly quoted: boolean } {
  let delimiter = "";
  let quoted = false;
  let quote: string | undefined;
  for (;;) {
    const character = peek(lexer);
    if (character === undefined || character === "\n") return { delimiter, quoted };
    if (quote === undefined && /[\s;&|<>()]/.test(character)) return { delimiter, quoted };
    if (character === quote) quote = undefined;
    else if (quote === undefined && (character === "'" || character === '"')) {
      quote = character;
      quoted = true;
    } else if (quote === undefined && character === "\\") {
      quoted = true;
      delimiter += peek(lexer, 1) ?? "";
      take(lexer);
    } else delimiter += character;
    take(lexer);
  }
}

/** At the start of a line: opens the body of the heredoc that was announced first. */
export function openHeredocBody(lexer: Lexer): void {
  const pending = lexer.heredocs.shift();
  if (!pending) return;
  let line = lexer.at;
  let end = lexer.units.length;
  let resume = end;
  while (line < lexer.units.length) {
    const found = lexer.units.indexOf("\n", line);
    const next = found === -1 ? lexer.units.length : found;
    // A line with a reference never is the delimiter: its text joins to something else.
    const text = lexer.units
      .slice(line, next)
      .map((unit) => (typeof unit === "string" ? unit : "\u0000"))
      .join("");
    if ((pending.stripsTabs ? text.replace(/^\t+/, "") : text) === pending.delimiter) {
      end = line;
      resume = Math.min(next + 1, lexer.units.length);
      break;
    }
    line = next + 1;
  }
  lexer.frames.push({ kind: "heredoc", region: { end, resume }, expands: pending.expands, command: pending.command });
}

/** Inside a heredoc's body. */
export function stepHeredoc(lexer: Lexer, frame: HeredocFrame, character: string): boolean {
  return frame.expands && stepQuotedText(lexer, character);
}
