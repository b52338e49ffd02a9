import { LOG_TAIL_LIMITS } from "../protocol.ts";

/** The last lines of a log. */
export interface LogTail {
  push(line: string): void;
  /** What is within `LOG_TAIL_LIMITS`; the oldest go first, and a single longer line keeps its end. */
  lines(): string[];
}

/** An empty tail. */
export function createLogTail(): LogTail {
  const kept: string[] = [];
  return {
    push(line) {
      // A UTF-16 unit is at least one byte, so more than `bytes` of them can never be part of the answer.
      kept.push(line.length > LOG_TAIL_LIMITS.bytes ? line.slice(-LOG_TAIL_LIMITS.bytes) : line);
      if (kept.length > LOG_TAIL_LIMITS.lines) {
        kept.shift();
      }
    },
    lines() {
      const lines: string[] = [];
      let left: number = LOG_TAIL_LIMITS.bytes;
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
