import type { CodeFrame, HeredocFrame, PendingHeredoc } from "./frames.ts";
import { type Lexer, openFrame, peek, regionEnd, take } from "./lexer.ts";
import { createLineIndex, findLine } from "./line-index.ts";
import { stepQuotedText } from "./quotes.ts";

/** At `<<` or `<<-`: reads the delimiter; the body starts after the line. */
export function openHeredoc(lexer: Lexer, frame: CodeFrame): true {
  take(lexer, 2);
  const stripsTabs = peek(lexer) === "-";
  if (stripsTabs) take(lexer);
  while (peek(lexer) === " " || peek(lexer) === "\t") take(lexer);
  const start = lexer.text.length;
  const { delimiter, quoted } = takeDelimiter(lexer);
  const written = { start, end: lexer.text.length };
  frame.heredocs.push({ delimiter, quoted, stripsTabs, written, command: frame.command });
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
export function openHeredocBody(lexer: Lexer, owner: CodeFrame): void {
  const pending = owner.heredocs[owner.heredocsRead];
  if (!pending) {
    owner.heredocs.length = 0;
    owner.heredocsRead = 0;
    return;
  }
  owner.heredocsRead++;
  const { end, resume } = findBody(lexer, pending);
  const isRewritten = pending.quoted && lexer.units.slice(lexer.at, end).some((unit) => typeof unit === "object");
  let body: HeredocFrame["body"] = pending.quoted ? "kept" : "expanded";
  if (isRewritten && PLAIN_DELIMITER.test(pending.delimiter)) {
    lexer.patches.push({ ...pending.written, text: pending.delimiter });
    body = "escaped";
  }
  openFrame(lexer, { kind: "heredoc", end, resume, body, command: pending.command, owner });
}

/** Means the same without its quotes. */
const PLAIN_DELIMITER = /^[\w.,:+%@/-]+$/;

function findBody(lexer: Lexer, { delimiter, stripsTabs }: PendingHeredoc): Pick<HeredocFrame, "end" | "resume"> {
  const key = stripsTabs ? "withoutTabs" : "plain";
  lexer.lines[key] ??= createLineIndex(lexer.units, stripsTabs);
  const line = findLine(lexer.lines[key], delimiter, lexer.at);
  const last = regionEnd(lexer);
  if (line === undefined || line.start >= last) return { end: last, resume: last };
  return { end: line.start, resume: Math.min(line.end + 1, last) };
}

/** Inside a heredoc's body. */
export function stepHeredoc(lexer: Lexer, frame: HeredocFrame, character: string): true {
  if (frame.body === "expanded") return stepQuotedText(lexer, character);
  if (frame.body === "escaped" && /[\\$`]/.test(character)) lexer.text += "\\";
  return take(lexer);
}
