import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import type { Masker } from "../masking/mask.ts";
import { createLineSplitter } from "./lines.ts";
import { createLogTail } from "./tail.ts";

/** The attempt's log: everything that leaves the agent as text goes through here and is masked. */
export interface AttemptLog {
  /** Forwards what the scripts print until it ends; waits while the reader of the log is slow. */
  forward(output: Readable): Promise<void>;
  /** A message of the agent itself. */
  note(text: string): void;
  mask(text: string): string;
  tail(): readonly string[];
}

/** Where the log goes, what is masked in it, and who reads along. */
export interface AttemptLogOptions {
  readonly output: Writable;
  readonly masker: Masker;
  /** Sees every line of the scripts as it was written, before it is masked. */
  readonly onLine: (line: string) => void;
  /** Sees every line of the scripts as it is once it is masked. */
  readonly follow: (line: string) => void;
}

/** Longer lines are cut. An `action meta:` line with the longest output (1,024,000 bytes) must fit. */
const LONGEST_LINE_CHARACTERS = 1_200_000;

/** The log of one attempt; its `output` may go away, the attempt does not. */
export function createAttemptLog({ output, masker, onLine, follow }: AttemptLogOptions): AttemptLog {
  const tail = createLogTail();
  let broken = false;
  // Whoever reads the log may go away (its host was killed); the attempt goes on without it.
  output.on("error", () => {
    broken = true;
  });
  const write = async (lines: readonly string[]): Promise<void> => {
    let text = "";
    for (const line of lines) {
      onLine(line);
      const masked = masker.mask(line);
      tail.push(masked);
      follow(masked);
      text += `${masked}\n`;
    }
    if (text !== "" && !broken && !output.write(text)) {
      await Promise.race([once(output, "drain"), once(output, "close")]).catch(() => undefined);
    }
  };
  return {
    async forward(stream) {
      const lines = createLineSplitter(LONGEST_LINE_CHARACTERS + 2 * masker.longest, masker.safeCut);
      try {
        for await (const chunk of stream) {
          await write(lines.push(chunk));
        }
      } catch {
        // The stream was closed from our side; what had arrived counts.
      }
      await write(lines.end());
    },
    note(text) {
      const masked = text.split("\n").map((line) => `sluice: ${masker.mask(line)}`);
      masked.forEach(tail.push);
      if (!broken) {
        output.write(`${masked.join("\n")}\n`);
      }
    },
    mask: (text) => text.split("\n").map(masker.mask).join("\n"),
    tail: tail.lines,
  };
}
