/** Limits of what a report holds of the log. Source: agent/protocol.ts `CompleteRequest.logTail`. */
const TAIL_LIMITS = { lines: 20, bytes: 8192 } as const;

/** The last lines of a log. */
export interface LogTail {
  push(line: string): void;
  /** At most 20 lines and 8 KiB; the oldest go first, and a single longer line keeps its end. */
  lines(): string[];
}

export function createLogTail(): LogTail {
  const kept: string[] = [];
  return {
    push(line) {
      // A UTF-16 unit is at least one byte, so more than `bytes` of them can never be part of the answer.
      kept.push(line.length > TAIL_LIMITS.bytes ? line.slice(-TAIL_LIMITS.bytes) : line);
      if (kept.length > TAIL_LIMITS.lines) {
        kept.shift();
      }
    },
    lines() {
      const lines: string[] = [];
      let left: number = TAIL_LIMITS.bytes;
      for (const line of [...kept].reverse()) {
        const bytes = Buffer.byteLength(line);
        if (bytes > left) {
          if (lines.length === 0) {
            lines.unshift(
              Buffer.from(line)
                .subarray(-left)
                .toString("utf8")
                .replace(/^\uFFFD+/, ""),
            );
          }
          break;
        }
        lines.unshift(line);
        left -= bytes;
      }
      return lines;
    },
  };
}
