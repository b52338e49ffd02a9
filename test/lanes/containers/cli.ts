import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../../cli/program.ts";
import { type RecordedIo, recordedIo } from "../../cli/io.ts";
import { until } from "../../until.ts";
import { IMAGES } from "./podman.ts";

/** A command that has ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A folder in which `sluice` is called, as a user would; gone with everything in it when disposed. */
export interface Desk extends Disposable {
  readonly folder: string;
  /** Writes a file and answers its path. */
  write(name: string, text: string): string;
  /** `sluice run FILE …` with containers; `onPrinted` is called once stderr is as it says. */
  runInContainers(file: string, args?: readonly string[], onPrinted?: OnPrinted): Promise<Ended>;
  runAsProcesses(file: string, args?: readonly string[]): Promise<Ended>;
}

/** What to do while a command runs, and when. */
export interface OnPrinted {
  readonly when: (stderr: string) => boolean;
  readonly act: (io: RecordedIo) => void;
}

export function openDesk(env: Readonly<Record<string, string>> = {}): Desk {
  const folder = mkdtempSync(join(tmpdir(), "sluice-lane-"));
  const run = async (args: readonly string[], onPrinted?: OnPrinted): Promise<Ended> => {
    const io = recordedIo({ cwd: folder, env: { ...process.env, ...env } });
    let hasEnded = false;
    const ended = main(["run", ...args], io).finally(() => {
      hasEnded = true;
    });
    if (onPrinted !== undefined) {
      await until(() => hasEnded || onPrinted.when(io.err()));
      onPrinted.act(io);
    }
    return { code: await ended, out: io.out(), err: io.err() };
  };
  return {
    folder,
    write(name, text) {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    },
    runInContainers: (file, args = [], onPrinted) =>
      run([file, "--containers", "--agent-image", IMAGES.agent, "--state-dir", ".containers", ...args], onPrinted),
    runAsProcesses: (file, args = []) => run([file, "--state-dir", ".processes", ...args]),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
