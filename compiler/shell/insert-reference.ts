import { assertNever } from "../assert-never.ts";
import type { CommandReference } from "../model/pipeline.ts";
import type { Reference } from "../model/reference.ts";
import { type Frame, REFERENCE_MARK } from "./frames.ts";
import { addCharacter, currentWord, enclosingCode, innermost, judgeHere, type Lexer } from "./lexer.ts";
import type { SharedProblem } from "./problem.ts";
import type { ShellDialect } from "./shell-of.ts";

/** A shell variable of a script and what it stands for. */
export interface ScriptVariable {
  readonly name: string;
  readonly reference: Reference;
  /** How the reference was spelled where it stood first. */
  readonly spelling: string;
}

/** Writes references as shell variables. */
export interface Inserter {
  readonly dialect: ShellDialect;
  readonly variables: readonly ScriptVariable[];
  insert(lexer: Lexer, reference: CommandReference): void;
}

/** Names variables: the same reference gets the same one; a random value never does. */
export interface Variables {
  readonly variables: readonly ScriptVariable[];
  readonly variableFor: (reference: Reference, spelling: string) => string;
}

/** `nameOf` names the nth variable, from 1 on. */
export function createVariables(nameOf: (n: number) => string): Variables {
  const variables: ScriptVariable[] = [];
  const names = new Map<string, string>();
  const variableFor = (reference: Reference, spelling: string): string => {
    const identity = JSON.stringify(reference, (key, member) => (key === "span" ? undefined : member));
    const known = names.get(identity);
    if (known !== undefined && reference.kind !== "random") return known;
    const name = nameOf(variables.length + 1);
    variables.push({ name, reference, spelling });
    names.set(identity, name);
    return name;
  };
  return { variables, variableFor };
}

/** Writes references for one shell. */
export function createInserter(dialect: ShellDialect, nameOf = (n: number) => `SLUICE_${n}`): Inserter {
  const { variableFor, variables } = createVariables(nameOf);
  return {
    dialect,
    variables,
    insert(lexer, written) {
      const place = placeOf(lexer, dialect);
      markReader(lexer, written);
      lexer.at += 1;
      if (place.problem) lexer.problems.report([written], place.problem);
      if (place.write) {
        const reference = place.bare ? plain(written.reference) : written.reference;
        lexer.text += place.write(variableFor(reference, written.text));
      } else lexer.text += written.text.replace(/[\r\n]+/g, " ");
    },
  };
}

const SUBSCRIPT_HELP = "Put the value into a variable, make sure that it is a number, and use that.";
const MAP_HELP = 'Write the reference alone and in double quotes: ["<reference>"].';

interface Place {
  readonly write?: (name: string) => string;
  readonly bare?: boolean;
  readonly problem?: SharedProblem;
}

const quotedWord = (name: string) => `"\${${name}}"`;
const insideQuotes = (name: string) => `\${${name}}`;
/**
 * bash evaluates a value in arithmetic as an expression, in which a subscript may hold a command. `printf %d` prints
 * whole numbers only; "#" after them is a syntax error of the arithmetic, so a wrong value does not count as 0. The
 * space is for values that start with a quote, of which printf would print the next character's code.
 */
const wholeNumber = (name: string) => `$(printf %d " \${${name}}" || echo '#')`;

function placeOf(lexer: Lexer, dialect: ShellDialect): Place {
  const frame = innermost(lexer);
  const judge = judgeHere(lexer);
  if (judge === "a subscript") return { problem: asCode(judge, SUBSCRIPT_HELP) };
  if (judge === "arithmetic" && frame.kind !== "arithmetic") return placeInArithmetic(frame);
  switch (frame.kind) {
    case "comment":
      return {};
    case "code":
      return { write: quotedWord, bare: true };
    case "single":
      return { write: (name) => `'${quotedWord(name)}'` };
    case "ansi":
      if (dialect === "bash") return { write: (name) => `'${quotedWord(name)}$'` };
      return {
        problem: {
          code: "lower/reference-in-ansi-quotes",
          reader: "sh",
          help: `Use "…" and printf, or choose "shell: bash".`,
        },
      };
    case "double":
      return { write: insideQuotes };
    case "parameter":
      if (frame.phase === "word") return { write: frame.quoted ? insideQuotes : quotedWord };
      if (frame.phase === "pattern") return { write: quotedWord };
      if (frame.phase === "name") {
        const help = "Write the reference without the shell's ${ } around it.";
        return { problem: { code: "lower/reference-as-name", reader: "${…}", help } };
      }
      // The subscript of a map: `'…'` would keep the variable from being expanded.
      return /^["[]$/.test(before(lexer)) ? { write: insideQuotes } : { problem: asCode("a subscript", MAP_HELP) };
    case "arithmetic":
      return { write: wholeNumber, bare: true };
    case "heredoc": {
      if (frame.body === "kept") {
        const help = "Use a delimiter of letters alone, such as 'EOF'.";
        return { problem: { code: "lower/reference-in-quoted-heredoc", reader: "a quoted heredoc", help } };
      }
      return { write: insideQuotes };
    }
    /* v8 ignore next -- @preserve */
    default:
      return assertNever(frame);
  }
}

/** Inside arithmetic: a number may stand where text is expanded, not in patterns and `'…'`. */
function placeInArithmetic(frame: Frame): Place {
  const isWord = frame.kind === "parameter" && frame.phase === "word";
  if (isWord || frame.kind === "double") return { write: wholeNumber, bare: true };
  return {
    problem: asCode("arithmetic", "Put the value into $((…)) itself, where Sluice makes sure that it is a number."),
  };
}

/** The character before the reference. */
function before({ at, units }: Lexer): string {
  const unit = units[at - 1];
  return typeof unit === "string" ? unit : "";
}

function asCode(reader: string, help: string): SharedProblem {
  return { code: "lower/reference-as-code", reader, help };
}

/** Tells the word or the heredoc that a reference stands in. What arithmetic gives is a number. */
function markReader(lexer: Lexer, written: CommandReference): void {
  const frame = innermost(lexer);
  if (frame.kind === "heredoc") frame.command.fed.push(written);
  const code = judgeHere(lexer) === "arithmetic" ? undefined : enclosingCode(lexer);
  if (!code) return;
  const word = currentWord(lexer, code);
  addCharacter(word, REFERENCE_MARK);
  word.references.push(written);
}

/** Without its modifier: where code stands, the modifier's quotes would be the language's own. */
export function plain(reference: Reference): Reference {
  const { modifier: _, ...rest } = reference;
  return rest;
}
