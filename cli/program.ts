import { Command, CommanderError } from "commander";
import { describeRefusal, refusalExit } from "./api/describe-refusal.ts";
import { CallError, RefusedError } from "./api/errors.ts";
import { addActionsCommand } from "./commands/actions.ts";
import { addCancelCommand } from "./commands/cancel.ts";
import { addCheckCommand } from "./commands/check.ts";
import { addCompileCommand } from "./commands/compile.ts";
import { addDevCommand } from "./commands/dev.ts";
import { addExplainCommand } from "./commands/explain.ts";
import { addFixCommand } from "./commands/fix.ts";
import { addGraphCommand } from "./commands/graph.ts";
import { addInitCommand } from "./commands/init.ts";
import { addInspectCommand } from "./commands/inspect.ts";
import { addLogsCommand } from "./commands/logs.ts";
import { addRunCommand } from "./commands/run.ts";
import { addRunsCommand } from "./commands/runs.ts";
import { addShowCommand } from "./commands/show.ts";
import { addSubmitCommand } from "./commands/submit.ts";
import { EXIT } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { packageVersion } from "./package-version.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The `sluice` command. `argv` is without the interpreter and the script. Resolves with the exit code, and never
 * rejects: an error that no command answers for is a bug of ours (70).
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: number = EXIT.ok;
  const program = createProgram(io, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof UsageError) {
      io.stderr.write(`error: ${error.message}\n${error.help === undefined ? "" : `  help: ${error.help}\n`}`);
      return EXIT.usage;
    }
    if (error instanceof RefusedError) {
      io.stderr.write(describeRefusal(error));
      return refusalExit(error);
    }
    if (error instanceof CallError) {
      io.stderr.write(`error: ${error.message}\n  help: ${error.help}\n`);
      return EXIT.aws;
    }
    io.stderr.write(bugReport(error, argv[0]));
    return EXIT.bug;
  }
}

function createProgram(io: Io, finish: (exitCode: number) => void): Command {
  const program = new Command("sluice")
    .description("Compiles pipeline.yaml into AWS Step Functions and runs it, on this machine or in your account.")
    .version(packageVersion(), "--version", "print the version")
    .helpOption("--help", "print this help")
    .helpCommand("help [command]", "Show the help of a command.")
    .showHelpAfterError("(see --help)")
    .configureHelp({
      helpWidth: io.stdout.isTty ? io.stdout.size().columns : 100,
      // Every description says what happens without the option; only choices are worth listing.
      optionDescription: ({ description, argChoices, defaultValue }) =>
        argChoices === undefined ? description : `${description}: ${argChoices.join(", ")} (default ${defaultValue})`,
    })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    })
    .exitOverride();
  addInitCommand(program, io, finish);
  addCheckCommand(program, io, finish);
  addExplainCommand(program, io, finish);
  addFixCommand(program, io, finish);
  addGraphCommand(program, io, finish);
  addCompileCommand(program, io, finish);
  addRunCommand(program, io, finish);
  addActionsCommand(program, io, finish);
  addDevCommand(program, io, finish);
  addSubmitCommand(program, io, finish);
  addRunsCommand(program, io, finish);
  addShowCommand(program, io, finish);
  addLogsCommand(program, io, finish);
  addCancelCommand(program, io, finish);
  addInspectCommand(program, io, finish);
  program.addHelpText(
    "after",
    `
Exit codes: 0 ok, 1 the pipeline is wrong or its run failed, 2 wrong usage, 3 an installation could not be
reached or refused who asked, 70 a bug of sluice, 130 cancelled with Ctrl-C.`,
  );
  return program;
}

/** What a person can send us. The stack names our files; arguments are left out, they may hold values of the user. */
function bugReport(error: unknown, command: string | undefined): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `
sluice met a bug of its own. Your pipeline may be right.
Please report it with the lines below, your pipeline file (without secrets) and what you expected.

  sluice ${packageVersion()}, command "${command ?? ""}", node ${process.version}, ${process.platform} ${process.arch}
${stack.replace(/^/gm, "  ")}
`;
}
