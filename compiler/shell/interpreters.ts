import type { OptionSyntax } from "./options.ts";

/** A command that runs a program which it is given as an argument or as its input. */
export interface Interpreter {
  readonly names: RegExp;
  /** `program`: its language cannot do everything, but in it a value is still no plain text. */
  readonly danger: "code" | "program";
  readonly options: OptionSyntax;
  /** Options whose argument is a program, and how that must start where others are harmless. */
  readonly code?: RegExp;
  readonly codeStart?: RegExp;
  /** Operands that are programs: from which to before which, with or without which options. */
  readonly operands?: {
    readonly from: number;
    readonly to?: number;
    readonly having?: RegExp;
    readonly without?: RegExp;
  };
  /** Words that do not count as operands when they come first: `yq eval`. */
  readonly subcommand?: RegExp;
  /** The operand without which it takes no program: `gcloud compute ssh`. */
  readonly needs?: RegExp;
  /** What was printed by `sed 's/[&/\]/\\&/g'` is text in its programs. */
  readonly takesMasked?: boolean;
  /** Where it reads a program from its input: without these options, and without a file or with one of the others. */
  readonly input?: { readonly without: RegExp; readonly always?: RegExp; readonly ignoresOperands?: boolean };
  /** Options whose argument is the file of a program, which may be its input. */
  readonly file?: RegExp;
  readonly help: string;
}

/** The shells whose `-c` takes a program, and then its arguments. */
export const SHELL_NAMES = /^(sh|bash|dash|ash|ksh|mksh|zsh)$/;

const OWN_HELP = "Pass the value as an argument of the program and read it from the list of arguments.";
/** For those that start a shell as somebody or behind something. */
export const USER_HELP = `Pass the value as an argument of a shell: su deploy -c 'make "$1"' -- sh <reference>.`;
const SHELL_HELP = `Pass the value as an argument: sh -c 'make "$1"' sh <reference>.`;
const SQL_HELP =
  "Pass the value as a variable of the client, for example: psql -v value=<reference>, and :'value' in a statement from a file.";
const PWSH_FLAGS = "nop\\w*|nol\\w*|noni\\w*|noe\\w*|i|interactive|l|login|mta|sta|h|help";

/** What runs programs. Sources of the options: the manual pages. */
export const INTERPRETERS: readonly Interpreter[] = [
  {
    names: SHELL_NAMES,
    danger: "code",
    options: { values: "oO", long: /^--(rcfile|init-file)$/, isSeparate: true, hasPlus: true },
    operands: { from: 0, to: 1, having: /^-c$/ },
    input: { without: /^-c$/, always: /^-s$/ },
    help: SHELL_HELP,
  },
  {
    names: /^ssh$/,
    danger: "code",
    options: { values: "BbcDEeFIiJLlmOopQRSWw" },
    help:
      "ssh joins its arguments, and a shell on the other side reads them. Send the value as input: " +
      `printf %s <reference> | ssh host 'value=$(cat); make "$value"'.`,
  },
  {
    names: /^(su|runuser)$/,
    danger: "code",
    options: {
      values: "cgGsw",
      long: /^--(command|session-command|shell|group|supp-group|whitelist-environment)$/,
      isMixed: true,
    },
    code: /^(-c|--command|--session-command)$/,
    input: { without: /^(-c|--command|--session-command)$/, ignoresOperands: true },
    help: USER_HELP,
  },
  {
    names: /^script$/,
    danger: "code",
    options: { values: "cIOBEmo", rest: "tT", long: /^--(command|log-\w+|echo|output-limit)$/, isMixed: true },
    code: /^(-c|--command)$/,
    help: USER_HELP,
  },
  {
    names: /^sg$/,
    danger: "code",
    options: { values: "c", isMixed: true },
    code: /^-c$/,
    operands: { from: 1 },
    help: USER_HELP,
  },
  {
    names: /^watch$/,
    danger: "code",
    options: { values: "nq", long: /^--(interval|equexit)$/ },
    operands: { from: 0, without: /^(-x|--exec)$/ },
    help: "Let watch run the command itself: watch -x make <reference>.",
  },
  {
    names: /^env$/,
    danger: "code",
    options: { values: "uCS", long: /^--(unset|chdir|split-string)$/ },
    code: /^(-S|--split-string)$/,
    help: "Write the command and its arguments as words of their own: env make <reference>.",
  },
  {
    names: /^(npx|bunx|nix-shell)$/,
    danger: "code",
    options: { values: "pc", long: /^--(package|call|run|command)$/ },
    code: /^(-c|--call|--run|--command)$/,
    help: SHELL_HELP,
  },
  {
    names: /^(gcloud|vagrant)$/,
    danger: "code",
    options: { values: "c", long: /^--command$/, isMixed: true },
    code: /^(-c|--command)$/,
    needs: /^ssh$/,
    help: "A shell on the other side reads the command. Send the value as input, and read it there with value=$(cat).",
  },
  {
    names: /^git$/,
    danger: "code",
    options: { values: "cC", long: /^--(git-dir|work-tree|namespace|exec-path)$/ },
    code: /^-c$/,
    codeStart: /^alias\.[^=]*=\s*!/,
    help: "Run the command itself instead of an alias.",
  },
  {
    names: /^g?make$/,
    danger: "code",
    options: {
      values: "CfIoWE",
      rest: "jlO",
      long: /^--(directory|file|makefile|include-dir|old-file|what-if|eval)$/,
      isMixed: true,
    },
    code: /^(-E|--eval)$/,
    file: /^(-f|--file|--makefile)$/,
    help: "Put the value into the environment and read it in a recipe as $$VALUE.",
  },
  {
    names: /^(python|pypy)[\d.]*$/,
    danger: "code",
    options: { values: "WXcm", long: /^--check-hash-based-pycs$/, last: /^-[cm]$/ },
    code: /^-c$/,
    input: { without: /^-[cm]$/ },
    help: "Pass the value as an argument and read it from sys.argv: python3 -c 'import sys; print(sys.argv[1])' <reference>.",
  },
  {
    names: /^perl$/,
    danger: "code",
    options: { values: "eEI", rest: "iFMmCDdxV" },
    code: /^-[eE]$/,
    input: { without: /^-[eE]$/ },
    help: OWN_HELP,
  },
  {
    names: /^ruby$/,
    danger: "code",
    options: { values: "erICE", rest: "iFKWTx", long: /^--(encoding|external-encoding|enable|disable)$/ },
    code: /^-e$/,
    input: { without: /^-e$/ },
    help: OWN_HELP,
  },
  {
    names: /^(node|nodejs|bun)$/,
    danger: "code",
    options: {
      values: "erC",
      long: /^--(eval|print|require|import|loader|experimental-loader|conditions|env-file|title|input-type)$/,
    },
    code: /^(-e|--eval|--print)$/,
    operands: { from: 0, to: 1, having: /^-p$/, without: /^(-e|--eval|--print)$/ },
    input: { without: /^(-[ep]|--eval|--print)$/ },
    help: OWN_HELP,
  },
  {
    names: /^php[\d.]*$/,
    danger: "code",
    options: {
      values: "rBREcdfFStz",
      long: /^--(run|process-begin|process-code|process-end|php-ini|define|file|server|docroot)$/,
    },
    code: /^(-[rBRE]|--run|--process-(begin|code|end))$/,
    input: { without: /^(-[rRfFS]|--(run|process-code|file|server))$/ },
    help: OWN_HELP,
  },
  {
    names: /^(lua|luajit)[\d.]*$/,
    danger: "code",
    options: { values: "elW" },
    code: /^-e$/,
    input: { without: /^-e$/ },
    help: OWN_HELP,
  },
  {
    names: /^(R|Rscript)$/,
    danger: "code",
    options: { values: "egf", long: /^--(encoding|gui)$/ },
    code: /^-e$/,
    input: { without: /^(-[ef]|--file)$/ },
    help: OWN_HELP,
  },
  {
    names: /^groovy$/,
    danger: "code",
    options: { values: "e", isWhole: true, long: /^(-e|-cp|--?classpath|-c|--encoding)$/ },
    code: /^-e$/,
    help: OWN_HELP,
  },
  {
    names: /^(pwsh|powershell)(\.exe)?$/i,
    danger: "code",
    options: { isWhole: true, long: new RegExp(`^-(?!(${PWSH_FLAGS})$)`, "i"), last: /^-(c\w*|f\w*)$/i },
    code: /^-(c|com\w*|e|ec|enc\w*)$/i,
    operands: { from: 0, having: /^-(c|com\w*)$/i },
    input: { without: /^-(c|com\w*|e|ec|enc\w*|f|file)$/i },
    help: "Put the value into the environment (VALUE=<reference> pwsh …) and read $env:VALUE.",
  },
  {
    names: /^[gmn]?awk$/,
    danger: "code",
    options: {
      values: "FvfEeilW",
      long: /^--(field-separator|assign|file|exec|source|include|load)$/,
    },
    code: /^(-e|--source)$/,
    operands: { from: 0, to: 1, without: /^(-[feE]|--(file|exec|source))$/ },
    file: /^(-[fE]|--(file|exec))$/,
    // Not `-v`, in which awk reads backslashes.
    help: `Put the value into the environment of awk: value=<reference> awk '{ print ENVIRON["value"] }'.`,
  },
  {
    names: /^g?sed$/,
    // GNU sed runs commands: `s/x/date/e`.
    danger: "code",
    takesMasked: true,
    options: { values: "efl", rest: "i", long: /^--(expression|file|line-length)$/, isMixed: true },
    code: /^(-e|--expression)$/,
    operands: { from: 0, to: 1, without: /^(-[ef]|--(expression|file))$/ },
    file: /^(-f|--file)$/,
    help: `Mask what means something to sed: sed "s/x/$(printf %s <reference> | sed 's/[&/\\]/\\\\&/g')/".`,
  },
  {
    names: /^printf$/,
    danger: "program",
    options: { values: "v" },
    operands: { from: 0, to: 1 },
    help: "Print the value as a text: printf '%s\\n' <reference>.",
  },
  {
    names: /^(jq|gojq|yq)$/,
    danger: "program",
    options: {
      values: "fLopI",
      long: /^--(from-file|indent|expression|output-format|input-format)$/,
      pairs: /^--(arg|argjson|slurpfile|rawfile|argfile)$/,
      isMixed: true,
    },
    code: /^--expression$/,
    operands: { from: 0, to: 1, without: /^(-f|--from-file|--expression)$/ },
    subcommand: /^(e|ea|eval|eval-all)$/,
    help: "Pass the value as a variable: jq --arg value <reference> '.key = $value'.",
  },
  {
    names: /^psql$/,
    danger: "program",
    options: {
      values: "cdfFhLopPRTUv",
      long: /^--(command|dbname|file|host|port|username|set|variable|output|pset)$/,
      isMixed: true,
    },
    code: /^(-c|--command)$/,
    help: SQL_HELP,
  },
  {
    names: /^(mysql|mariadb)$/,
    danger: "program",
    options: {
      values: "eDhPuS",
      rest: "p",
      long: /^--(execute|database|host|port|user|socket)$/,
      isMixed: true,
    },
    code: /^(-e|--execute)$/,
    help: SQL_HELP,
  },
  {
    names: /^sqlite3$/,
    danger: "program",
    options: { isWhole: true, long: /^--?(cmd|separator|init|newline|nullvalue|vfs)$/, isMixed: true },
    code: /^--?cmd$/,
    operands: { from: 1 },
    help: SQL_HELP,
  },
];

/** The interpreter of a name. */
export function interpreterOf(name: string): Interpreter | undefined {
  return INTERPRETERS.find(({ names }) => names.test(name));
}
