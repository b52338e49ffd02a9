import type { Command } from "commander";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";

/** `sluice explain CODE`: what a diagnostic means, with an example and its remedy. */
export function addExplainCommand(program: Command, io: Io, finish: (exitCode: number) => void): void {
  program
    .command("explain")
    .description("Explain a diagnostic: what it means, why, and how to mend it.")
    .argument("<code>", "what stands in brackets behind a diagnostic: validate/unknown-action")
    .action(async (code: string) => {
      const { explainCode } = await import("../explain/explain-code.ts");
      await explainCode(code, io);
      finish(EXIT.ok);
    });
}
