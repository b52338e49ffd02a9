import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { shellAssignment } from "../../../../agent/shell-quote.ts";
import type { InstalledShell } from "./shells.ts";

/** A script as the plan holds it, with the one value that all of its variables get. */
export interface PreparedScript {
  readonly text: string;
  readonly variables: readonly string[];
  readonly value: string;
}

/** What a script did. */
export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  /** Files that only a value run as code can have made. */
  readonly pwned: readonly string[];
}

/**
 * Runs the scripts, each in a subshell and a directory of its own, all by one process of the shell. As in an attempt
 * (`agent/scripts.ts`) the agent's assignments are read first, then the file of the commands. A NUL, which no shell can
 * hold, stands between what they print.
 */
export async function runScripts(
  shell: InstalledShell,
  scripts: readonly PreparedScript[],
  directory: string,
): Promise<readonly Ran[]> {
  mkdirSync(directory, { recursive: true });
  const driver = scripts.map((script, index) => {
    mkdirSync(join(directory, String(index)));
    writeFileSync(join(directory, `${index}.commands`), script.text);
    const lines = script.variables.map((name) => `${shellAssignment(name, script.value)}\n`).join("");
    return `(\n${lines}cd ${index}; set -e; . ../${index}.commands )\nprintf '\\0'; printf '\\0' >&2\n`;
  });
  writeFileSync(join(directory, "driver"), driver.join(""));
  const [program, ...options] = shell.argv;
  const child = spawn(program, [...options, "driver"], {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"], LANG: "C.UTF-8" },
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [printed, complained] = [stdout.split("\0"), stderr.split("\0")];
  const ran = scripts.map((_, index) => ({
    stdout: printed[index] ?? "",
    stderr: complained[index] ?? "",
    pwned: readdirSync(join(directory, String(index)), { recursive: true, encoding: "utf8" }).filter((path) =>
      /(^|\/)pwned/.test(path),
    ),
  }));
  rmSync(directory, { recursive: true });
  return ran;
}
