import { replaceName } from "../diagnostics/text-fixes.ts";
import { InternalCompilerError } from "../internal-compiler-error.ts";
import { BINARY_OPERATORS, type BinaryOperator, type Expression, type ExpressionName } from "../model/expression.ts";
import { tokenize } from "./lexer.ts";
import { compilePattern } from "./pattern/compile-pattern.ts";
import type { ReferenceContext } from "./references/reference-context.ts";
import type { Token } from "./token.ts";
import { reportUnknownName, wordHere } from "./unknown-name.ts";

/** Brackets, prefixes and conditions inside each other. */
const DEEPEST_EXPRESSION = 100;
const LONGEST_EXPRESSION = 10_000;
/** A chain of operators is a tree as deep as it is long, which is walked recursively. */
const MOST_OPERATORS = 500;

/**
 * govaluate's precedence, loosest first; every level is left-associative, also `**`, and a prefix binds tighter than
 * any of them: `-2 ** 2` is 4. `?:` and `??` stand below all of these.
 */
const LEVELS: readonly (readonly BinaryOperator[])[] = [
  ["||"],
  ["&&"],
  ["==", "!=", "<", "<=", ">", ">=", "=~", "!~", "in"],
  ["&", "|", "^"],
  ["<<", ">>"],
  ["+", "-"],
  ["*", "/", "%"],
  ["**"],
];

interface Parser {
  readonly tokens: readonly Token[];
  readonly context: ReferenceContext;
  readonly names: readonly ExpressionName[];
  index: number;
  depth: number;
  operators: number;
}

/**
 * Parses the text of an expression, without the outer `${{ }}`. `undefined` when it is wrong: exactly one diagnostic
 * says where. `names` are those that the place knows (`task_status` in `loop.break`).
 */
export function parseExpression(
  text: string,
  context: ReferenceContext,
  names: readonly ExpressionName[],
): Expression | undefined {
  if (text.length > LONGEST_EXPRESSION) {
    const params = { limit: LONGEST_EXPRESSION, unit: "characters" };
    context.collector.report("expression/too-long", context.spanOf(0, text.length), params);
    return undefined;
  }
  if (text.trim() === "") {
    context.collector.report("expression/empty", context.spanOf(0, text.length), {});
    return undefined;
  }
  const tokens = tokenize(text, context);
  if (!tokens) return undefined;
  const parser: Parser = { tokens, context, names, index: 0, depth: 0, operators: 0 };
  const expression = parseConditional(parser);
  if (!expression) return undefined;
  return peek(parser).kind === "end" ? expression : unexpected(parser, "an operator or the end");
}

function parseConditional(parser: Parser): Expression | undefined {
  if (parser.depth >= DEEPEST_EXPRESSION) {
    parser.context.collector.report("expression/too-deep", spanOfToken(parser, peek(parser)), {
      limit: DEEPEST_EXPRESSION,
    });
    return undefined;
  }
  parser.depth++;
  let left = parseLevel(parser, 0);
  while (left) {
    if (isSymbol(peek(parser), "??")) {
      if (!countOperator(parser)) return undefined;
      parser.index++;
      const right = parseLevel(parser, 0);
      left = right && binary("??", left, right);
    } else if (isSymbol(peek(parser), "?")) {
      if (!countOperator(parser)) return undefined;
      parser.index++;
      left = parseBranches(parser, left);
    } else break;
  }
  parser.depth--;
  return left;
}

function parseBranches(parser: Parser, test: Expression): Expression | undefined {
  const then = parseConditional(parser);
  if (!then) return undefined;
  if (!take(parser, ":")) {
    return { kind: "conditional", test, then, span: { start: test.span.start, end: then.span.end } };
  }
  const otherwise = parseConditional(parser);
  if (!otherwise) return undefined;
  return { kind: "conditional", test, then, otherwise, span: { start: test.span.start, end: otherwise.span.end } };
}

function parseLevel(parser: Parser, level: number): Expression | undefined {
  const operators = LEVELS[level];
  if (!operators) return parsePrefix(parser);
  let left = parseLevel(parser, level + 1);
  while (left) {
    const token = peek(parser);
    const operator = operators.find((candidate) => isOperator(token, candidate));
    if (!operator) return left;
    if (!countOperator(parser)) return undefined;
    parser.index++;
    const right = parseLevel(parser, level + 1);
    left = right && checkPattern(parser, binary(operator, left, right));
  }
  return undefined;
}

function countOperator(parser: Parser): boolean {
  parser.operators++;
  if (parser.operators <= MOST_OPERATORS) return true;
  const span = spanOfToken(parser, peek(parser));
  parser.context.collector.report("expression/too-long", span, { limit: MOST_OPERATORS, unit: "operators" });
  return false;
}

function isOperator(token: Token, operator: BinaryOperator): boolean {
  return token.kind === (operator === "in" ? "word" : "symbol") && token.text === operator;
}

function parsePrefix(parser: Parser): Expression | undefined {
  const token = peek(parser);
  const operator = (["!", "-", "~"] as const).find((candidate) => token.kind === "symbol" && token.text === candidate);
  if (!operator) return parseOperand(parser);
  if (parser.depth >= DEEPEST_EXPRESSION) return parseConditional(parser);
  parser.index++;
  parser.depth++;
  const operand = parsePrefix(parser);
  parser.depth--;
  if (!operand) return undefined;
  const { start } = spanOfToken(parser, token);
  return { kind: "unary", operator, operand, span: { start, end: operand.span.end } };
}

function parseOperand(parser: Parser): Expression | undefined {
  const token = peek(parser);
  const span = spanOfToken(parser, token);
  switch (token.kind) {
    case "number":
      parser.index++;
      return { kind: "literal", value: token.value, span };
    case "string": {
      parser.index++;
      const [first = "", ...more] = token.parts;
      if (typeof first === "string" && more.length === 0) return { kind: "literal", value: first, span };
      return { kind: "template", parts: token.parts, span };
    }
    case "reference":
      parser.index++;
      return { kind: "reference", reference: token.reference, span };
    case "word":
      return parseWord(parser, token);
    case "symbol":
      if (token.text === "(") return parseBrackets(parser, token, ")");
      if (token.text === "[") return parseBrackets(parser, token, "]");
      return unexpected(parser, "a value");
    case "end":
      return unexpected(parser, "a value");
  }
}

function parseWord(parser: Parser, token: Token): Expression | undefined {
  const span = spanOfToken(parser, token);
  parser.index++;
  if (token.text === "true" || token.text === "false") return { kind: "literal", value: token.text === "true", span };
  const name = parser.names.find((known) => known === token.text);
  if (name) return { kind: "name", name, span };
  reportUnknownName(token.text, span, parser.names, parser.context.collector);
  return undefined;
}

/** `(value)` groups; `(a, b)`, `()` and `[a, b]` are lists, as the right side of `in` needs them. */
function parseBrackets(parser: Parser, open: Token, close: ")" | "]"): Expression | undefined {
  parser.index++;
  const items: Expression[] = [];
  while (!isSymbol(peek(parser), close)) {
    const item = parseConditional(parser);
    if (!item) return undefined;
    items.push(item);
    if (isSymbol(peek(parser), close)) break;
    if (!take(parser, ",")) return unexpected(parser, `"," or "${close}"`);
  }
  const closing = peek(parser);
  parser.index++;
  const [only, ...more] = items;
  if (only && more.length === 0 && close === ")") return only;
  const span = { start: spanOfToken(parser, open).start, end: spanOfToken(parser, closing).end };
  return { kind: "list", items, span };
}

function checkPattern(parser: Parser, expression: Expression): Expression | undefined {
  if (expression.kind !== "binary" || (expression.operator !== "=~" && expression.operator !== "!~")) return expression;
  const { right } = expression;
  if (right.kind !== "literal" || typeof right.value !== "string") return expression;
  const pattern = compilePattern(right.value);
  if (pattern.ok) return expression;
  parser.context.collector.report("expression/bad-pattern", right.span, { reason: pattern.reason });
  return undefined;
}

function binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  return { kind: "binary", operator, left, right, span: { start: left.span.start, end: right.span.end } };
}

function peek(parser: Parser): Token {
  const token = parser.tokens[parser.index];
  if (!token) throw new InternalCompilerError("There is nothing behind the end of an expression.");
  return token;
}

function take(parser: Parser, symbol: string): boolean {
  if (!isSymbol(peek(parser), symbol)) return false;
  parser.index++;
  return true;
}

function isSymbol(token: Token, symbol: string): boolean {
  return token.kind === "symbol" && token.text === symbol;
}

function spanOfToken({ context }: Parser, token: Token) {
  return context.spanOf(token.start, token.end);
}

function unexpected(parser: Parser, expected: string): undefined {
  const token = peek(parser);
  const span = spanOfToken(parser, token);
  const { collector } = parser.context;
  if (token.kind === "end") collector.report("expression/unexpected-end", span, { expected });
  else {
    const same = token.kind === "word" ? wordHere(token.text) : undefined;
    const fixes = same ? replaceName(collector.file, span, token.text, same) : [];
    collector.report(
      "expression/unexpected-token",
      span,
      { found: token.text, expected },
      { help: helpFor(token), fixes },
    );
  }
  return undefined;
}

function helpFor(token: Token): string {
  const isOperator = BINARY_OPERATORS.some((operator) => operator === token.text);
  if (isOperator) return `"${token.text}" needs a value on each side.`;
  const same = token.kind === "word" ? wordHere(token.text) : undefined;
  if (same) return `Write "${same}".`;
  if (token.kind === "word") return `Put text in quotes: '${token.text}'.`;
  return "Join two conditions with && or ||, and put text in quotes.";
}
