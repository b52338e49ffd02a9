import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Path of the agent's program: TypeScript in a clone, JavaScript in the published package. */
export function agentProgram(): string {
  const source = fileURLToPath(new URL("../../agent/main.ts", import.meta.url));
  return existsSync(source) ? source : source.replace(/\.ts$/, ".js");
}
