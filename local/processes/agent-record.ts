import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";

/** What is kept on disk about an agent, so that a host that was killed finds it again. */
export interface AgentRecord {
  readonly attemptId: string;
  readonly pid: number;
}

const agentRecordSchema = z.object({ attemptId: z.string(), pid: z.int().positive() });

/** Writes the record in one step: a reader sees it whole or not at all. */
export function writeAgentRecord(path: string, record: AgentRecord): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, JSON.stringify(record));
  renameSync(`${path}.new`, path);
}

/** `undefined` when there is no record, or none that can be read. */
export function readAgentRecord(path: string): AgentRecord | undefined {
  try {
    return agentRecordSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}

/** Whether the process of the record still runs and is this attempt's agent, not a later process with its number. */
export function isAgentRunning({ attemptId, pid }: AgentRecord): boolean {
  return commandLine(pid).includes(attemptId);
}

function commandLine(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    if (process.platform === "linux") {
      return [];
    }
  }
  try {
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" })
      .trim()
      .split(" ");
  } catch {
    return [];
  }
}
