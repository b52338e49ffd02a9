import { closeSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";

/** Hands the lines of a growing log file on. */
export interface LogFollower {
  /** Reads what has been written so far. */
  catchUp(): void;
  /** Reads the rest, also a last line without a line feed, and ends. */
  stop(): void;
}

const POLL_MILLISECONDS = 50;
const CHUNK_BYTES = 65_536;

/**
 * Follows `path` from its beginning. The agent writes into the file itself, not through a pipe of the host, so that a
 * log stays whole when the host is killed; reading along costs a `read` every 50 ms.
 */
export function followLog(path: string, onLine: (text: string) => void): LogFollower {
  const file = openSync(path, "r");
  const chunk = Buffer.alloc(CHUNK_BYTES);
  const decoder = new StringDecoder("utf8");
  let position = 0;
  let rest = "";
  let stopped = false;
  const take = (text: string): void => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(onLine);
  };
  const catchUp = (): void => {
    for (let bytes = -1; !stopped && bytes !== 0; position += bytes) {
      bytes = readSync(file, chunk, 0, chunk.length, position);
      take(decoder.write(chunk.subarray(0, bytes)));
    }
  };
  const timer = setInterval(catchUp, POLL_MILLISECONDS).unref();
  return {
    catchUp,
    stop() {
      if (stopped) {
        return;
      }
      catchUp();
      stopped = true;
      clearInterval(timer);
      closeSync(file);
      take(decoder.end());
      if (rest !== "") {
        onLine(rest);
      }
    },
  };
}
