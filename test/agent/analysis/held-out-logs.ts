import { readdirSync, readFileSync } from "node:fs";

const DIRECTORY = new URL("../../fixtures/held-out-logs/", import.meta.url);

/** A log of a failed build, and what of it tells why: any of the texts, for some logs say it twice. */
export interface HeldOutLog {
  readonly name: string;
  readonly exitCode: number;
  readonly decisive: readonly string[];
}

/**
 * Sets of logs that were marked before the analysis had read any of them, each by tools or mistakes the earlier sets did
 * not have; most are what the tools wrote (paths and addresses replaced, long lines cut), few are written in the formats
 * that tools document. Found at first sight, before the analysis learned from the set: a 61 of 75, b 66 of 81, c 63 of
 * 71, d 45 of 48, e 32 of 41 (tools that are rare in builds), f 37 of 44, g 30 of 31.
 */
export const HELD_OUT_SETS: readonly string[] = readdirSync(DIRECTORY).toSorted();

/** The failed logs of a set. */
export function heldOutLogs(set: string): readonly HeldOutLog[] {
  const rows = readFileSync(new URL(`${set}/index.tsv`, DIRECTORY), "utf8")
    .trimEnd()
    .split("\n");
  return rows.map((row) => {
    const [name = "", exitCode = "", decisive = ""] = row.split("\t");
    return { name, exitCode: Number(exitCode), decisive: decisive.split("||") };
  });
}

/** Names of the set's logs of builds that went well. */
export function heldOutGreenLogs(set: string): readonly string[] {
  return readdirSync(new URL(`${set}/`, DIRECTORY))
    .filter((file) => file.startsWith("green-"))
    .map((file) => file.replace(/\.log$/, ""));
}

/** Lines of a log as the agent cuts them. */
export function readHeldOutLog(set: string, name: string): readonly string[] {
  return readFileSync(new URL(`${set}/${name}.log`, DIRECTORY), "utf8")
    .replace(/\n$/, "")
    .split("\n");
}
