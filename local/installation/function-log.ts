import { appendFileSync } from "node:fs";

/** Longest file of a run of this installation; what comes after says nothing new. */
const LARGEST_FILE_BYTES = 16 * 1024 * 1024;

/**
 * Where the functions' structured log goes, one JSON object a line; on AWS that is CloudWatch. Written at once, so that
 * it is complete when the process dies, and rarely: functions log what goes wrong.
 */
export function createFunctionLog(path: string, now: () => number): (record: object) => void {
  let bytes = 0;
  return (record) => {
    const line = `${JSON.stringify({ time: new Date(now()).toISOString(), ...record })}\n`;
    bytes += Buffer.byteLength(line);
    if (bytes <= LARGEST_FILE_BYTES) appendFileSync(path, line, { mode: 0o600 });
  };
}
