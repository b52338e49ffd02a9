import type { Command } from "commander";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";

/** `sluice init`: writes a first pipeline that runs as it is. */
export function addInitCommand(program: Command, io: Io, finish: (exitCode: number) => void): void {
  program
    .command("init")
    .description("Write a first pipeline.yaml into this directory. Never overwrites a file.")
    .action(async () => {
      const { writeFirstPipeline } = await import("../init/write-first-pipeline.ts");
      writeFirstPipeline(io);
      finish(EXIT.ok);
    });
}
