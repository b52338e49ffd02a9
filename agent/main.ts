import { ApiRefusedError, ApiUnreachableError, AttemptEndedError } from "./api-errors.ts";
import { DEFAULT_PACE, PROCESS_PACE } from "./attempt.ts";
import { AGENT_EXIT_CODES } from "./protocol.ts";
import { runAttempt } from "./run-attempt.ts";
import { SettingsError, takeSettings } from "./settings.ts";

const OWN_ERRORS = [ApiRefusedError, ApiUnreachableError, AttemptEndedError, SettingsError];

/**
 * What goes to the log when there is nothing yet that masks it. Only our own errors are known to hold no secret in their
 * message; of any other, the name and the places in our code are told.
 */
function describe(error: unknown): string {
  if (!(error instanceof Error)) {
    return typeof error;
  }
  if (OWN_ERRORS.some((known) => error instanceof known)) {
    return error.message;
  }
  const head = `${error.name}: ${error.message}`;
  return error.name + (error.stack?.startsWith(head) ? error.stack.slice(head.length) : "");
}

async function main(): Promise<number> {
  try {
    const settings = takeSettings(process.env);
    const reported = await runAttempt(settings, {
      fetch,
      environment: process.env,
      output: process.stdout,
      onTerminate: (listener) => {
        for (const signal of ["SIGTERM", "SIGINT"] as const) {
          process.on(signal, listener);
        }
      },
      pace: settings.runner === "process" ? PROCESS_PACE : DEFAULT_PACE,
    });
    return reported ? AGENT_EXIT_CODES.reported : AGENT_EXIT_CODES.notReported;
  } catch (error) {
    process.stderr.write(`sluice agent: ${describe(error)}\n`);
    return AGENT_EXIT_CODES.wrongUsage;
  }
}

process.exitCode = await main();
