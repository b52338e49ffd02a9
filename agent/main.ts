import { DEFAULT_PACE } from "./attempt.ts";
import { runAttempt } from "./run-attempt.ts";
import { takeSettings } from "./settings.ts";

/**
 * Exit codes of the agent: 0 the end of the attempt was reported, whatever it was; 1 it could not be reported, or
 * nobody wanted to hear of it; 2 the agent was started wrongly or refused.
 */
const EXIT_CODES = { reported: 0, notReported: 1, wrongUsage: 2 } as const;

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
      pace: DEFAULT_PACE,
    });
    return reported ? EXIT_CODES.reported : EXIT_CODES.notReported;
  } catch (error) {
    process.stderr.write(`sluice agent: ${error instanceof Error ? error.message : String(error)}\n`);
    return EXIT_CODES.wrongUsage;
  }
}

process.exitCode = await main();
