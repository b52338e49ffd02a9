import { DEFAULT_PACE, PROCESS_PACE } from "./attempt.ts";
import { AGENT_EXIT_CODES } from "./protocol.ts";
import { runAttempt } from "./run-attempt.ts";
import { takeSettings } from "./settings.ts";

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
    process.stderr.write(`sluice agent: ${error instanceof Error ? error.message : String(error)}\n`);
    return AGENT_EXIT_CODES.wrongUsage;
  }
}

process.exitCode = await main();
