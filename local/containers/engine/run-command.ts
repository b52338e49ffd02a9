import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

/** How a command ended. */
export interface CommandEnd {
  /** 128 and more where a signal ended it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `runCommand` takes beside the command. */
export interface CommandOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly directory?: string;
  readonly timeoutSeconds?: number;
  /** Kills the command. */
  readonly signal?: AbortSignal;
}

/** Exit code of a command that a signal ended, or that was not found, as shells have it. */
const KILLED = 137;

/**
 * Starts a command in a session of its own: a Ctrl-C on the terminal is for `sluice`, which ends what it has started in
 * good order. Only its output is piped.
 */
export function startCommand(
  program: string,
  args: readonly string[],
  { environment, directory, signal }: CommandOptions,
): ChildProcess {
  const options: SpawnOptions = {
    detached: true,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
    ...(directory !== undefined && { cwd: directory }),
    ...(signal !== undefined && { signal }),
  };
  return spawn(program, args, options);
}

/** Runs a command to its end. Rejects when the program cannot be started. */
export function runCommand(program: string, args: readonly string[], options: CommandOptions): Promise<CommandEnd> {
  return new Promise((resolve, reject) => {
    const child = startCommand(program, args, options);
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name]?.setEncoding("utf8").on("data", (text: string) => {
        output[name] += text;
      });
    }
    const { timeoutSeconds } = options;
    const timer =
      timeoutSeconds === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), timeoutSeconds * 1000);
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once("close", (code) => {
      clearTimeout(timer);
      resolve({ exitCode: code ?? KILLED, ...output });
    });
  });
}
