import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { errorCode } from "../error-code.ts";
import type { Io } from "../io.ts";
import { UsageError } from "../usage-error.ts";
import { FIRST_PIPELINE } from "./first-pipeline.ts";

const NAME = "pipeline.yaml";

/** Writes `pipeline.yaml` into the current directory; a file that is there already is a `UsageError`. */
export function writeFirstPipeline(io: Io): void {
  try {
    writeFileSync(resolve(io.cwd, NAME), FIRST_PIPELINE, { flag: "wx" });
  } catch (error) {
    const code = errorCode(error);
    if (code === "EEXIST") {
      throw new UsageError(
        `"${NAME}" is there already; it was left as it is.`,
        "Move it away, or go to another folder.",
      );
    }
    throw new UsageError(`"${NAME}" cannot be written (${code}).`, "Go to a folder that you may write to.");
  }
  io.stdout.write(`Wrote ${NAME}. Run it with: sluice run ${NAME}\n`);
}
